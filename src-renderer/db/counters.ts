/** How many rows each list holds, kept in the transaction of each change: counting a million rows takes a second. */
import { DELIVERY_STATES, type DeliveryState } from '#shared/callback/delivery.ts';
import type { CounterName, JobdeckDatabase } from './database.ts';
import { JOB_BUCKETS, type JobBucket } from './job-row.ts';

export type BucketCounts = Record<JobBucket, number>;
export type DeliveryCounts = Record<DeliveryState, number>;

export function noCounts(): BucketCounts {
  return Object.fromEntries(JOB_BUCKETS.map((bucket) => [bucket, 0])) as BucketCounts;
}

export function noDeliveryCounts(): DeliveryCounts {
  return Object.fromEntries(DELIVERY_STATES.map((state) => [state, 0])) as DeliveryCounts;
}

export async function readCounts(db: JobdeckDatabase): Promise<BucketCounts> {
  const counts = await countsOf(db, JOB_BUCKETS);
  return Object.fromEntries(JOB_BUCKETS.map((bucket, index) => [bucket, counts[index]])) as BucketCounts;
}

/** How many deliveries there are in each state, without counting. */
export async function readDeliveryCounts(db: JobdeckDatabase): Promise<DeliveryCounts> {
  const counts = await countsOf(db, DELIVERY_STATES.map(counterOf));
  return Object.fromEntries(DELIVERY_STATES.map((state, index) => [state, counts[index]])) as DeliveryCounts;
}

/** Adds `delta` to the counters; called inside the transaction that changes the rows. */
export async function addToCounts(db: JobdeckDatabase, delta: BucketCounts): Promise<void> {
  await add(
    db,
    JOB_BUCKETS.map((bucket) => [bucket, delta[bucket]]),
  );
}

/** The same for deliveries. */
export async function addToDeliveryCounts(db: JobdeckDatabase, delta: DeliveryCounts): Promise<void> {
  await add(
    db,
    DELIVERY_STATES.map((state) => [counterOf(state), delta[state]]),
  );
}

function counterOf(state: DeliveryState): CounterName {
  return `delivery-${state}`;
}

async function countsOf(db: JobdeckDatabase, names: readonly CounterName[]): Promise<number[]> {
  return (await db.counters.bulkGet([...names])).map((row) => row?.count ?? 0);
}

async function add(db: JobdeckDatabase, deltas: readonly [CounterName, number][]): Promise<void> {
  const changed = deltas.filter(([, delta]) => delta !== 0);
  if (changed.length === 0) return;
  const before = await countsOf(
    db,
    changed.map(([name]) => name),
  );
  await db.counters.bulkPut(
    changed.map(([name, delta], index) => ({ name, count: (before[index] ?? 0) + delta })),
  );
}
