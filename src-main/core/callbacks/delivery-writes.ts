/**
 * Writes what becomes of deliveries. Each event has the whole record of its job as it is then, so the writes about a
 * job come one after the other: with the job's own while it is active, and among themselves when it has ended.
 */
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type CallbackFields, recordCallback } from '#shared/job/transition.ts';
import type { ActiveJobs } from '../active-jobs.ts';
import type { Entry, Line, Subject } from '../ledger.ts';
import type { Journal } from '../ports.ts';
import type { MadeDelivery } from './new-delivery.ts';

/** What one event tells of the deliveries of a job. */
export interface DeliveryChange {
  jobId: JobId;
  /** Those that exist, whole, as they are to be. */
  changed?: readonly Delivery[];
  made?: readonly MadeDelivery[];
  /** Items of which `made` tells. */
  toldItems?: readonly number[];
  /** What the last attempt came to, of a delivery that tells of the job's end. */
  fields?: CallbackFields;
  /** The record, where the journal no longer has it. */
  record?: BatchJob;
}

export interface DeliveryWrites {
  /**
   * One commit, for the ledger; null where there is nothing left to write, as of jobs that nobody knows any more.
   * @param now RFC 3339
   */
  entryOf(changes: readonly DeliveryChange[], now: string): Entry | null;
  /** The newest durable record; undefined where neither the runner nor the journal has it. */
  recordOf(jobId: JobId): BatchJob | undefined;
  /** Resolves when nothing that was decided about the job is on its way. */
  over(jobId: JobId): Promise<void>;
}

export function createDeliveryWrites(context: {
  active: ActiveJobs;
  journal: Pick<Journal, 'find'>;
  /** An event became durable. */
  recorded(event: JobEvent): void;
}): DeliveryWrites {
  const { active, journal, recorded } = context;
  /** Of the jobs that have ended; there while something about them is being written. */
  const subjects = new Map<JobId, Subject>();

  function subjectOf(jobId: JobId): Subject {
    const subject = active.get(jobId) ?? subjects.get(jobId) ?? { writing: null };
    if (active.get(jobId) === undefined) subjects.set(jobId, subject);
    return subject;
  }

  function recordOf(jobId: JobId): BatchJob | undefined {
    return active.get(jobId)?.job ?? journal.find(jobId)?.job;
  }

  function release(jobId: JobId): void {
    if (subjects.get(jobId)?.writing === null) subjects.delete(jobId);
  }

  function lineOf(change: DeliveryChange, now: string): Line | null {
    const { jobId, changed = [], made = [], toldItems, fields = null } = change;
    const job = recordOf(jobId) ?? change.record;
    if (job === undefined) return null;
    const deliveries = [...changed, ...made.map(({ delivery }) => delivery)];
    return {
      change: recordCallback(job, fields, now, deliveries),
      subject: subjectOf(jobId),
      ...(made.length > 0 && {
        newDeliveries: made.map(({ delivery, body }) => ({ id: delivery.id, body })),
      }),
      ...(toldItems && { toldItems }),
      apply(event) {
        release(jobId);
        recorded(event);
      },
    };
  }

  return {
    entryOf(changes, now) {
      const lines = changes.map((change) => lineOf(change, now)).filter((line) => line !== null);
      if (lines.length === 0) return null;
      return {
        lines,
        refused() {
          for (const { jobId } of changes) release(jobId);
        },
      };
    },
    recordOf,
    async over(jobId) {
      for (let writing = subjects.get(jobId)?.writing; writing; writing = subjects.get(jobId)?.writing) {
        await writing.catch(() => undefined); // its failure is told to those who asked for that write
      }
    },
  };
}

/** Deliveries of any jobs, as one change for each job. */
export function changesOf(deliveries: readonly Delivery[]): DeliveryChange[] {
  return [...Map.groupBy(deliveries, ({ jobId }) => jobId)].map(([jobId, changed]) => ({ jobId, changed }));
}
