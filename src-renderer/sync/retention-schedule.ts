/** Cleaning up by itself, once a person has set it. */
import type { Disposer, JobdeckApi } from '#shared/contract/app-api.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { CleanUpNote } from '../db/clean-up-note.ts';
import { hasLimits } from '../db/retention-pages.ts';
import { cleanUp, type RetentionContext } from './retention.ts';
import { type RoundsOptions, startRounds } from './rounds.ts';

export interface RetentionScheduleOptions extends Pick<RoundsOptions, 'schedule'> {
  api: RetentionContext['api'] & Pick<JobdeckApi, 'readSettings'>;
  db: RetentionContext['db'];
  /** Something went. */
  onCleaned: (note: CleanUpNote) => void;
  onError: (error: unknown) => void;
  now?: () => number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After what a start has to do, and after a backup that was missed. */
const FIRST_MS = 5 * 60_000;

/** Cleans up soon after the start, and then once a day; the setting is looked at every hour. */
export function startRetentionSchedule(options: RetentionScheduleOptions): Disposer {
  const { api, db, onCleaned, onError, now = Date.now, schedule } = options;
  let lastMs: number | null = null;
  const round = async () => {
    const { isAutomatic, rules } = unwrap(await api.readSettings()).retention;
    if (!isAutomatic || !hasLimits(rules)) return;
    const nowMs = now();
    if (lastMs !== null && nowMs >= lastMs && nowMs - lastMs < DAY_MS) return;
    await cleanUp({ api, db }, rules, true, { nowMs, onCleaned });
    lastMs = nowMs;
  };
  return startRounds({ firstMs: FIRST_MS, everyMs: HOUR_MS, round, onError, ...(schedule && { schedule }) });
}
