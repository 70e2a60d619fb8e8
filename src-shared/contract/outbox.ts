/** How the history follows the runner: events after a cursor, and a snapshot where those are gone. */
import type { Delivery } from '../callback/delivery.ts';
import type { BatchJob } from '../job/batch-job.ts';
import type { JobEvent } from '../job/events.ts';
import type { JobId } from '../job/job-id.ts';

/** Up to where a reader has got in one journal. */
export interface OutboxCursor {
  journalId: string;
  seq: number;
}

export interface PullRequest {
  /** Null at the very first pull. */
  cursor: OutboxCursor | null;
  limit: number;
}

export type PullResponse =
  /** Events after the cursor, in order. `head` is the newest sequence number of the journal. */
  | { kind: 'events'; journalId: string; head: number; events: JobEvent[] }
  /** The cursor is of another journal, or events after it are gone: read the snapshot, then pull from `head`. */
  | { kind: 'gap'; journalId: string; head: number };

/** A job with all that the history has of it. */
export interface SnapshotJob {
  /** Sequence number of the job's newest event. */
  seq: number;
  job: BatchJob;
  /** Oldest first: the newest `MAX_PAGE`. */
  deliveries: Delivery[];
}

/** What the runner knows of deliveries, whether or not it still has a record of their jobs. */
export interface KnownDeliveries {
  journalId: string;
  /** The journal's newest sequence number when they were read: they are as of that event. */
  head: number;
  /** Those that it knows: the others it does not send any more, or never has. */
  deliveries: Delivery[];
}

/** `head` is the journal's newest sequence number when the page was read. */
export interface SnapshotPage {
  journalId: string;
  head: number;
  jobs: SnapshotJob[];
  /** Where the next page begins, null after the last. */
  next: JobId | null;
}
