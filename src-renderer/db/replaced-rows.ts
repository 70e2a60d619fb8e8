/** The rows that the runner had and an import or a restore took the place of: what it still says may be of those. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { JobdeckDatabase } from './database.ts';
import type { ReplacedRow } from './import-row.ts';
import type { JobRow } from './job-row.ts';

/** For each id the rows of it that were replaced and that the runner had, the last one of a journal first. */
export type ReplacedRows = ReadonlyMap<JobId, readonly ReplacedRow[]>;

/**
 * What was replaced by these rows, or by ones before them: of those alone that the runner has never told anything of,
 * whatever was done with them since they came.
 */
export async function replacedRows(db: JobdeckDatabase, rows: readonly JobRow[]): Promise<ReplacedRows> {
  const found = new Map<JobId, ReplacedRow[]>();
  const ids = rows.filter(({ journalId }) => journalId === null).map(({ id }) => id);
  if (ids.length === 0) return found;
  for (const importId of await db.replaced.orderBy('importId').uniqueKeys()) {
    const under = await db.replaced.bulkGet(ids.map((id): [string, string] => [String(importId), id]));
    for (const each of under) {
      if (each === undefined || each.row.journalId === null) continue;
      found.set(each.id, [...(found.get(each.id) ?? []), each].toSorted(lastFirst));
    }
  }
  return found;
}

/**
 * The row that was replaced and that a record is of; null where it is of the row that took its place. A record that
 * has ended never changes but for its callback, so the same end is the same run: the row's own run has another one,
 * or none yet. A row that can not have been handed over has no run, so all that is told is of what was there before.
 */
export function replacedOf(
  row: JobRow,
  under: readonly ReplacedRow[] | undefined,
  job: BatchJob,
): ReplacedRow | null {
  const [last] = under ?? [];
  if (under === undefined || last === undefined) return null;
  const sameRun = isTerminal(job.status) ? under.find((each) => isSameEnd(each.row.job, job)) : undefined;
  return sameRun ?? (mayHaveRun(row) ? null : last);
}

function isSameEnd(one: BatchJob, other: BatchJob): boolean {
  return (
    one.status === other.status &&
    one.completed_at === other.completed_at &&
    one.total_duration_ns === other.total_duration_ns
  );
}

/** Whether its owner could have it run: it was written or approved here, and had not ended when it came. */
function mayHaveRun({ origin, approvedAtMs, status }: JobRow): boolean {
  return !isTerminal(status) && (origin === 'author' || approvedAtMs !== null);
}

function lastFirst(one: ReplacedRow, other: ReplacedRow): number {
  return other.row.seq - one.row.seq;
}
