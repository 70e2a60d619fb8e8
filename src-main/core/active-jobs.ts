/** The jobs that the runner owns now, how many of them wait and run, and what they have to do with each other. */
import { DEFAULT_QUEUE } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Subject } from './ledger.ts';
import { createRelations, type Relations } from './waiting/relations.ts';

export interface ActiveJob extends Subject {
  /** As the journal has it; before its first event, as it was submitted. */
  job: BatchJob;
  /**
   * `submitting`: not yet durable. `waiting`: pending, and nothing of it is on its way. `attempt`: holds a slot.
   * `settling`: what it waits for changes, it ends without having held a slot, or it is recovered. Only a job that
   * is waiting is started.
   */
  phase: 'submitting' | 'waiting' | 'attempt' | 'settling';
  /** Its place among the jobs of its queue and priority. */
  position: number;
  /** Names its place in the line for a slot; null while it is in none. */
  ticket: number | null;
  /** When the alarm looks at it again, milliseconds since 1970; null where it need not. */
  alarmMs: number | null;
  /** Its `not_before` came while this process was there to see it. */
  isDue: boolean;
  cancelRequested: boolean;
  suspended: boolean;
  /** Ends the attempt that runs; null while none does, for a hundred thousand of them are not small. */
  abort: AbortController | null;
  /** Monotonic start of the first attempt that this process knows of. */
  firstStartNs: bigint | null;
  /** What a second submission and a cancellation wait for. */
  work: Promise<void>;
}

export interface Counts {
  pending: number;
  running: number;
}

export interface ActiveJobs {
  readonly relations: Relations;
  get(id: JobId): ActiveJob | undefined;
  all(): Iterable<ActiveJob>;
  size(): number;
  add(job: BatchJob, phase: ActiveJob['phase'], position?: number): ActiveJob;
  /** Takes over what the journal has now. */
  update(entry: ActiveJob, job: BatchJob): void;
  remove(entry: ActiveJob): void;
  /** True from `add` to `remove`. */
  has(entry: ActiveJob): boolean;
  /** Durable ones alone: what is being submitted counts as neither. */
  counts(): Counts;
  /** The same of each queue that has any. */
  queues(): ReadonlyMap<string, Counts>;
}

const DONE = Promise.resolve();

export function createActiveJobs(): ActiveJobs {
  const entries = new Map<JobId, ActiveJob>();
  const relations = createRelations();
  const total: Counts = { pending: 0, running: 0 };
  const queues = new Map<string, Counts>();

  function count(entry: ActiveJob, by: 1 | -1): void {
    const { status } = entry.job;
    if (entry.phase === 'submitting' || (status !== 'pending' && status !== 'running')) return;
    const name = queueOf(entry.job);
    const queue = queues.get(name) ?? { pending: 0, running: 0 };
    total[status] += by;
    queue[status] += by;
    if (queue.pending + queue.running === 0) queues.delete(name);
    else queues.set(name, queue);
  }

  return {
    relations,
    get: (id) => entries.get(id),
    all: () => entries.values(),
    size: () => entries.size,
    add(job, phase, position = Number.POSITIVE_INFINITY) {
      const entry: ActiveJob = {
        job,
        phase,
        position,
        ticket: null,
        alarmMs: null,
        isDue: false,
        cancelRequested: false,
        suspended: false,
        abort: null,
        firstStartNs: null,
        work: DONE,
        writing: null,
      };
      entries.set(job.id, entry);
      count(entry, 1);
      relations.add(entry);
      return entry;
    },
    update(entry, job) {
      count(entry, -1);
      relations.remove(entry);
      if (entry.phase === 'submitting') entry.phase = 'waiting';
      entry.job = job;
      relations.add(entry);
      count(entry, 1);
    },
    remove(entry) {
      if (!entries.delete(entry.job.id)) return;
      entry.ticket = null;
      entry.alarmMs = null;
      count(entry, -1);
      relations.remove(entry);
    },
    has: (entry) => entries.get(entry.job.id) === entry,
    counts: () => ({ ...total }),
    queues: () => queues,
  };
}

export function queueOf(job: BatchJob): string {
  return jobdeckOf(job)?.queue ?? DEFAULT_QUEUE;
}

export function priorityOf(job: BatchJob): number {
  return jobdeckOf(job)?.priority ?? 0;
}

/** True for a job that runs its task for each of many items. */
export function isBatch(job: BatchJob): boolean {
  return jobdeckOf(job)?.items !== undefined;
}
