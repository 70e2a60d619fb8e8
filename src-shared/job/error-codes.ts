/** Why an attempt or a job failed: `metadata.jobdeck.error.code`, a closed set. */
export const JOB_ERROR_CODES = [
  'exit-code',
  'signal',
  'timeout',
  'spawn',
  'interrupted',
  'dependency',
  'invalid-task',
  'invalid-items',
  'template',
  'secret',
  'network',
  'http-status',
  'tls',
  'too-large',
  'disk-full',
  'model',
  'not-approved',
] as const;
export type JobErrorCode = (typeof JOB_ERROR_CODES)[number];

/** A failure as the record keeps it: a code for programs, a sentence for people. */
export interface JobError {
  code: JobErrorCode;
  message: string;
}
