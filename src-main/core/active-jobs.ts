/** The jobs that the runner owns now, and how many of them wait and run. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';

export interface ActiveJob {
  /** As the journal has it; before its first event, as it was submitted. */
  job: BatchJob;
  /**
   * `submitting`: not yet durable. `queued`: waits for a slot. `attempt`: holds a slot. `settling`: ends without
   * having held one (or is recovered). Only a job that is queued is started.
   */
  phase: 'submitting' | 'queued' | 'attempt' | 'settling';
  cancelRequested: boolean;
  /** Ends the attempt that runs; null while none does, for a hundred thousand of them are not small. */
  abort: AbortController | null;
  /** Monotonic start of the first attempt that this process knows of. */
  firstStartNs: bigint | null;
  /** What a second submission and a cancellation wait for. */
  work: Promise<void>;
}

export interface ActiveJobs {
  get(id: JobId): ActiveJob | undefined;
  all(): Iterable<ActiveJob>;
  size(): number;
  add(job: BatchJob, phase: ActiveJob['phase']): ActiveJob;
  /** Takes over what the journal has now. */
  update(entry: ActiveJob, job: BatchJob): void;
  remove(entry: ActiveJob): void;
  /** Durable ones alone: what is being submitted counts as neither. */
  counts(): { pending: number; running: number };
}

const DONE = Promise.resolve();

export function createActiveJobs(): ActiveJobs {
  const entries = new Map<JobId, ActiveJob>();
  const counts = { pending: 0, running: 0 };

  function count(entry: ActiveJob, by: 1 | -1): void {
    if (entry.phase === 'submitting') return;
    if (entry.job.status === 'pending' || entry.job.status === 'running') counts[entry.job.status] += by;
  }

  return {
    get: (id) => entries.get(id),
    all: () => entries.values(),
    size: () => entries.size,
    add(job, phase) {
      const entry: ActiveJob = {
        job,
        phase,
        cancelRequested: false,
        abort: null,
        firstStartNs: null,
        work: DONE,
      };
      entries.set(job.id, entry);
      count(entry, 1);
      return entry;
    },
    update(entry, job) {
      count(entry, -1);
      if (entry.phase === 'submitting') entry.phase = 'queued';
      entry.job = job;
      count(entry, 1);
    },
    remove(entry) {
      if (entries.delete(entry.job.id)) count(entry, -1);
    },
    counts: () => ({ ...counts }),
  };
}
