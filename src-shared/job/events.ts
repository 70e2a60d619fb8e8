/** What happened to a job, as the runner tells the history. */
import type { Delivery } from '../callback/delivery.ts';
import type { BatchJob } from './batch-job.ts';
import type { JobId } from './job-id.ts';

export const JOB_EVENT_TYPES = [
  'submitted',
  /** Still pending, and something about it is known or set that was not before. */
  'updated',
  'started',
  'requeued',
  'ended',
  'callback-recorded',
] as const;
export type JobEventType = (typeof JOB_EVENT_TYPES)[number];

/** An event before the journal has numbered it. It holds the whole record: applying it twice changes nothing. */
export interface JobEventDraft {
  type: JobEventType;
  jobId: JobId;
  /** RFC 3339, UTC. */
  at: string;
  job: BatchJob;
  /** Deliveries of the job that were made or changed with it, whole. */
  deliveries?: Delivery[];
}

/** An event as the outbox hands it out: `seq` rises by one for each event of a journal, beginning at 1. */
export interface JobEvent extends JobEventDraft {
  journalId: string;
  seq: number;
}
