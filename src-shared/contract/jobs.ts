/** What the runner is handed and asked to do with jobs. */
import type { BatchJob } from '../job/batch-job.ts';
import type { JobId } from '../job/job-id.ts';
import type { EndedDependency } from '../job/jobdeck-metadata.ts';
import type { AppErrorValue } from './result.ts';

/**
 * How the jobs of a request came to be allowed to run: `author` where the person wrote them here, `reviewed`
 * where they were imported and the person approved what was shown. Without one of the two nothing runs.
 */
export const CONSENTS = ['author', 'reviewed'] as const;
export type Consent = (typeof CONSENTS)[number];

export interface SubmitRequest {
  jobs: BatchJob[];
  consent: Consent;
  /**
   * Origins (`http://127.0.0.1:8080`) on this machine or in its network that the person was shown as such and
   * approved as targets of callbacks. What the person wrote may go there without.
   */
  localCallbacks?: string[];
  /** Of the jobs that these wait for, those that the history knows to have ended. The runner forgets such jobs. */
  ended?: EndedDependency[];
}

export interface SubmitResponse {
  accepted: JobId[];
  refused: { id: JobId; error: AppErrorValue }[];
}

/** Among the waiting jobs of a queue. */
export type QueuePlace = 'first' | 'last' | { before: JobId };

export interface SwitchResponse {
  done: JobId[];
  refused: { id: JobId; error: AppErrorValue }[];
}
