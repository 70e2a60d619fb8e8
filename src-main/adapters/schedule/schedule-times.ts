/** The next times of a schedule, for showing them. */
import { AppError } from '#shared/app-error.ts';
import type { Schedule } from '#shared/job/jobdeck-metadata.ts';
import type { Cron } from '../../core/ports.ts';

/**
 * At most `limit` times, and no more than the schedule has left. `problem` is a sentence where there are
 * none.
 * @param now RFC 3339, UTC
 */
export function scheduleTimes(
  cron: Cron,
  schedule: Schedule,
  now: string,
  limit: number,
): { times: string[]; problem: string | null } {
  const times: string[] = [];
  try {
    let after = now;
    while (times.length < Math.min(limit, schedule.remaining ?? limit)) {
      const next = cron.next(schedule, after);
      if (next === null) break;
      times.push(next);
      after = next;
    }
  } catch (error) {
    if (error instanceof AppError) return { times: [], problem: error.message };
    throw error;
  }
  return { times, problem: times.length === 0 ? neverComes(schedule) : null };
}

function neverComes({ cron, until }: Schedule): string {
  const when = until == null ? 'ever comes' : `comes until ${until}`;
  return `Expected a time that ${when}, got none for ${JSON.stringify(cron)}.`;
}
