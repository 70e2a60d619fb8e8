/** A job as the history keeps it: the record, and beside it what the indexes and the list need. */
import type { BatchJob, JobStatus, JobType } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { TaskKind } from '#shared/job/tasks.ts';

/**
 * Which list a row is in. Each is one range of one index, so that no view filters a large set:
 * `created` is what was never handed to the runner here; the runner owns what is `active`, and what is `scheduled`
 * because it waits for its time; `failed` is what failed or expired, `trash` what was deleted and can still be
 * brought back.
 */
export const JOB_BUCKETS = [
  'created',
  'active',
  'scheduled',
  'completed',
  'failed',
  'cancelled',
  'trash',
] as const;
export type JobBucket = (typeof JOB_BUCKETS)[number];

/** True while the runner owns the job: nothing else may change it. */
export function isInRunner({ bucket }: { bucket: JobBucket }): boolean {
  return bucket === 'active' || bucket === 'scheduled';
}

export interface JobRow {
  /**
   * Ordered primary key, given out in the writing transaction: random keys decay. It is part of the indexes, which
   * is why IndexedDB's own key generator does not give it: not every engine indexes a generated key.
   */
  key: number;
  id: JobId;
  status: JobStatus;
  jobType: JobType;
  /** Null for a record from elsewhere, which has no task. */
  kind: TaskKind | null;
  name: string;
  tags: string[];
  /** What search finds the row by, each with the row's place in time: see `search-words.ts`. A multiEntry index. */
  words: string[];
  createdAtMs: number;
  /** When it ended, and how long it ran: `BLANK` where it has not. */
  endedAtMs: number;
  durationMs: number;
  /** What lists compare: the folded beginning of the name, and what the column of kinds shows, '' for no task. */
  nameKey: string;
  kindKey: TaskKind | 'batch' | '';
  bucket: JobBucket;
  /** 1 where the row is in a list, 0 in the trash. */
  listed: 0 | 1;
  /** Where the record came from. Imported work runs only after its owner approved what was shown. */
  origin: 'author' | 'imported';
  approvedAtMs: number | null;
  /** 0 while the job is in the history; the time it was put in the trash, until the deletion is final or undone. */
  deletedAtMs: number;
  /** The newest event applied: an older one changes nothing. Null while the runner never had the job. */
  journalId: string | null;
  seq: number;
  /** The import that brought it, null where none did. */
  importId: string | null;
  job: BatchJob;
}

/** What a sorted column holds where there is no value: a row without one is in no index. Before all numbers. */
export const BLANK = Number.NEGATIVE_INFINITY;

/** A row before its first write has given it a key. */
export type JobRowDraft = Omit<JobRow, 'key'>;
