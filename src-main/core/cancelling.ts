/** Cancels what waits, and asks what runs to end. */
import type { JobId } from '#shared/job/job-id.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import type { Ledger } from './ledger.ts';

export interface CancellingContext {
  active: ActiveJobs;
  ledger: Ledger;
  /** Brings a waiting job to its end. */
  look(entry: ActiveJob): void;
}

export type Cancel = (ids: readonly JobId[]) => Promise<{ requested: JobId[]; unknown: JobId[] }>;

export function createCancelling({ active, ledger, look }: CancellingContext): Cancel {
  /** Gives what has to happen until it is cancelled, as far as that is in the runner's hands. */
  function request(entry: ActiveJob): Promise<void> | null {
    entry.cancelRequested = true;
    entry.abort?.abort('cancel');
    look(entry);
    if (entry.phase === 'submitting') return entry.work.then(() => entry.work);
    return entry.phase === 'settling' ? entry.work : null;
  }

  return async (ids) => {
    const requested: JobId[] = [];
    const unknown: JobId[] = [];
    const waits: (Promise<void> | null)[] = [];
    for (const id of new Set(ids)) {
      const entry = active.get(id);
      (entry === undefined ? unknown : requested).push(id);
      if (entry !== undefined) waits.push(request(entry));
    }
    // What waits is cancelled on return, but for a journal that refuses: then it is tried again, and the status says so.
    if (waits.some((wait) => wait !== null)) await ledger.untilRefusal(Promise.allSettled(waits));
    return { requested, unknown };
  };
}
