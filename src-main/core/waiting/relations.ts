/** Which active jobs wait for which others, join them, and do the same as they. Everything is found by id or key. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ActiveJob } from '../active-jobs.ts';
import { createMultiMap } from '../multi-map.ts';
import { unmetDependencies } from './dependencies.ts';

export interface Relations {
  /** Takes a job in as its record is now; `remove` it before the record changes. */
  add(entry: ActiveJob): void;
  remove(entry: ActiveJob): void;
  /** Those that joined this job, and those that wait for its end. */
  joinersOf(id: string): ReadonlySet<ActiveJob>;
  waitersOf(id: string): ReadonlySet<ActiveJob>;
  /** True where there are any of these. */
  isAwaited(id: string): boolean;
  /** The oldest one that has this `dedup_key` and did not join another: a schedule's runs have one in common. */
  holderOf(key: string): ActiveJob | undefined;
  /** Every id that a job waits for or joined. */
  awaitedIds(): Set<string>;
}

export function createRelations(): Relations {
  const joiners = createMultiMap<string, ActiveJob>();
  const waiters = createMultiMap<string, ActiveJob>();
  const holders = createMultiMap<string, ActiveJob>();

  function change(entry: ActiveJob, action: 'add' | 'delete'): void {
    const { job } = entry;
    const { joined, dedup_key: key } = jobdeckOf(job) ?? {};
    if (joined !== undefined) {
      joiners[action](joined, entry);
      return;
    }
    if (key != null) holders[action](key, entry);
    for (const id of waitsFor(job)) waiters[action](id, entry);
  }

  return {
    add: (entry) => change(entry, 'add'),
    remove: (entry) => change(entry, 'delete'),
    joinersOf: (id) => joiners.get(id),
    waitersOf: (id) => waiters.get(id),
    isAwaited: (id) => joiners.get(id).size > 0 || waiters.get(id).size > 0,
    holderOf: (key) => oldest(holders.get(key)),
    awaitedIds: () => new Set([...joiners.keys(), ...waiters.keys()]),
  };
}

function oldest(entries: Iterable<ActiveJob>): ActiveJob | undefined {
  let first: ActiveJob | undefined;
  for (const entry of entries) if (first === undefined || entry.position < first.position) first = entry;
  return first;
}

function waitsFor(job: BatchJob): readonly string[] {
  return job.status === 'created' || job.status === 'pending' ? unmetDependencies(job) : [];
}
