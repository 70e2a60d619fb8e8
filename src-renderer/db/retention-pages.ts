/** Going through the ended jobs, the newest first, for what the rules of retention say of them. */
import { Dexie } from 'dexie';
import { isOpen } from '#shared/callback/delivery.ts';
import {
  isWithoutLimits,
  RETENTION_STATUSES,
  type RetentionRules,
  type RetentionStatus,
} from '#shared/contract/retention.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import { BLANK, type JobBucket, type JobRow } from './job-row.ts';
import { createRetention, type Fate, touchedBefore } from './retention-rules.ts';
import { PageSize, weightOf } from './row-weight.ts';
import { waitedForIds } from './waited-for.ts';

export interface Doomed {
  row: JobRow;
  fate: Exclude<Fate, 'stays'>;
  endedAtMs: number;
  /** Of output that goes. */
  outputBytes: number;
}

export interface RetentionPage {
  /** What goes of this page. */
  doomed: Doomed[];
  /** How many jobs were looked at. */
  looked: number;
}

/** Gives the bytes of output that jobs have, in the order of the ids. */
export type OutputSizes = (ids: readonly JobId[]) => Promise<number[]>;

const BUCKETS: readonly { bucket: JobBucket; statuses: readonly RetentionStatus[] }[] = [
  { bucket: 'completed', statuses: ['completed'] },
  { bucket: 'failed', statuses: ['failed', 'expired'] },
  { bucket: 'cancelled', statuses: ['cancelled'] },
];
/** Rows at once, at the most: large ones are fewer. */
const PAGE = 500;

/**
 * Pages of what would go. What is deleted between two pages does not matter: what was decided stands. Jobs whose
 * callbacks are still to be sent, and those that saved jobs wait for, are left alone.
 */
export async function* retentionPages(
  db: JobdeckDatabase,
  outputSizes: OutputSizes,
  rules: RetentionRules,
  nowMs: number,
  pageSize = PAGE,
): AsyncGenerator<RetentionPage> {
  const waitedFor = await waitedForIds(db);
  for (const { bucket, statuses } of BUCKETS) {
    const limited = statuses.filter((status) => isLimited(rules, status));
    if (limited.length === 0) continue;
    const decide = Object.fromEntries(
      limited.map((status) => [status, createRetention(rules[status], nowMs)]),
    );
    const latestMs = Math.max(...limited.map((status) => touchedBefore(rules[status], nowMs)));
    for await (const rows of endedRows(db, bucket, latestMs, pageSize)) {
      const own = rows.filter(({ status }) => decide[status] !== undefined);
      const sizes = await outputSizes(own.map(({ id }) => id));
      const unsent = await unsentIds(db, own);
      const doomed = own.flatMap((row, index): Doomed | [] => {
        const outputBytes = sizes[index] ?? 0;
        const endedAtMs = endOf(row);
        const isHeld = unsent.has(row.id) || waitedFor.has(row.id);
        const kept = { endedAtMs, outputBytes, bytes: outputBytes + recordBytes(row, rules), isHeld };
        const fate = decide[row.status]?.(kept) ?? 'stays';
        return fate === 'stays' ? [] : { row, fate, endedAtMs, outputBytes };
      });
      yield { doomed, looked: rows.length };
    }
  }
}

/** Whether a rule could ever make something go. */
export function hasLimits(rules: RetentionRules): boolean {
  return RETENTION_STATUSES.some((status) => isLimited(rules, status));
}

function isLimited(rules: RetentionRules, status: RetentionStatus): boolean {
  return !isWithoutLimits(rules[status].jobs) || !isWithoutLimits(rules[status].output);
}

/** A record that came without an end is as old as its making. */
function endOf({ endedAtMs, createdAtMs }: JobRow): number {
  return endedAtMs === BLANK ? createdAtMs : endedAtMs;
}

/** Measured only where it is limited: of a million records it takes seconds. */
function recordBytes({ job, status }: JobRow, rules: RetentionRules): number {
  const isMeasured = rules[status as RetentionStatus].jobs.megabytes !== null;
  return isMeasured ? JSON.stringify(job).length : 0;
}

/** Of these, those with a callback that is still to be sent. */
async function unsentIds(db: JobdeckDatabase, rows: readonly JobRow[]): Promise<Set<JobId>> {
  const asked = rows.filter(({ job }) => job.callback_url !== null);
  const deliveries = await db.transaction('r', db.deliveries, () =>
    Promise.all(asked.map(({ id }) => db.deliveries.where('jobId').equals(id).toArray())),
  );
  return new Set(asked.filter((_row, index) => deliveries[index]?.some(isOpen)).map(({ id }) => id));
}

/** The rows of a list from the one that ended last, or up to a time. */
async function* endedRows(
  db: JobdeckDatabase,
  bucket: JobBucket,
  latestMs: number,
  most: number,
): AsyncGenerator<JobRow[]> {
  let upper: [JobBucket, number, unknown] = [bucket, latestMs, Dexie.maxKey];
  for (const size = new PageSize(most); ; ) {
    const limit = size.rows;
    const rows = await db.jobs
      .where('[bucket+endedAtMs+key]')
      .between([bucket, Dexie.minKey, Dexie.minKey], upper, true, false)
      .reverse()
      .limit(limit)
      .toArray();
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    upper = [bucket, last.endedAtMs, last.key];
    size.weighed(rows.length, weightOf(rows));
  }
}
