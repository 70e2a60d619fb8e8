/** Ids of records. The schema's pattern is anchored at its start only, so an id is never a file name as it is. */

declare const brand: unique symbol;
export type JobId = string & { readonly [brand]: 'JobId' };

/** The pattern of the BatchJob schema, word for word. */
export const JOB_ID_PATTERN = '^(job|run)-[a-fA-F0-9]{8}';
const SCHEMA_FORM = new RegExp(JOB_ID_PATTERN, 'u');
const WHOLE_FORM = /^(job|run)-[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$/u;

/** Gives `value` as a JobId, or null when the schema would refuse it. */
export function parseJobId(value: unknown): JobId | null {
  return typeof value === 'string' && SCHEMA_FORM.test(value) ? (value as JobId) : null;
}

/** True for `job-<uuid>` and `run-<uuid>` and nothing after it: the only form that may name a file. */
export function isWholeJobId(id: string): boolean {
  return WHOLE_FORM.test(id);
}

/**
 * A new id: `run-<uuid4>` for a run, `job-<uuid4>` for everything else.
 * @param uuid gives a random UUID (version 4), such as `crypto.randomUUID`
 */
export function newJobId(jobType: 'job' | 'run' | 'batch', uuid: () => string): JobId {
  return `${jobType === 'run' ? 'run' : 'job'}-${uuid()}` as JobId;
}
