/** How many jobs each list holds, kept in the transaction of each change: counting a million rows takes a second. */
import type { JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobBucket } from './job-row.ts';

export type BucketCounts = Record<JobBucket, number>;

export function noCounts(): BucketCounts {
  return Object.fromEntries(JOB_BUCKETS.map((bucket) => [bucket, 0])) as BucketCounts;
}

export async function readCounts(db: JobdeckDatabase): Promise<BucketCounts> {
  const counts = noCounts();
  for (const { name, count } of await db.counters.toArray()) counts[name] = count;
  return counts;
}

/** Adds `delta` to the counters; called inside the transaction that changes the rows. */
export async function addToCounts(db: JobdeckDatabase, delta: BucketCounts): Promise<void> {
  const changed = JOB_BUCKETS.filter((bucket) => delta[bucket] !== 0);
  if (changed.length === 0) return;
  const before = await db.counters.bulkGet([...changed]);
  await db.counters.bulkPut(
    changed.map((name, index) => ({ name, count: (before[index]?.count ?? 0) + delta[name] })),
  );
}
