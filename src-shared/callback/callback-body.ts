/** What is posted to the callback of a job that has ended (Standard Webhooks, "Webhook payload structure"). Pure. */
import type { BatchJob, JobMetadata } from '../job/batch-job.ts';
import { byteLength } from './byte-length.ts';
import { MAX_BODY_BYTES } from './delivery.ts';
import { jsonBytes, type LeftOut, MAX_NOTES_BYTES, noteOf, truncated } from './left-out.ts';

/**
 * The text that is sent, at most `MAX_BODY_BYTES` of UTF-8: always the same for a record. Where the whole would be
 * longer, parts of the metadata are left out, and `truncated` names them.
 */
export function callbackBody(job: BatchJob): string {
  const whole = JSON.stringify({ ...headOf(job), metadata: job.metadata });
  const wholeBytes = byteLength(whole);
  if (wholeBytes <= MAX_BODY_BYTES) return whole;
  const { metadata, leftOut } = reduced(job.metadata ?? {}, wholeBytes - MAX_BODY_BYTES + MAX_NOTES_BYTES);
  const notes = { truncated: truncated(wholeBytes, leftOut) };
  const body = JSON.stringify({ ...headOf(job), metadata, ...notes });
  return byteLength(body) <= MAX_BODY_BYTES
    ? body
    : JSON.stringify({ ...headOf(job), metadata: {}, ...notes });
}

/** The id of a job by the name that its receiver knows it by. */
export function idOf({ id, job_type }: BatchJob): Record<string, string> {
  return job_type === 'run' ? { run_id: id } : { job_id: id };
}

function headOf(job: BatchJob) {
  return {
    type: `job.${job.status}`,
    // When it happened, not when it is told: the text does not depend on when it is made.
    timestamp: job.completed_at ?? job.updated_at ?? job.created_at,
    ...idOf(job),
    status: job.status,
    completed_at: job.completed_at,
  };
}

/** What gives way, in this order: first what is in the output files, then lists, then what was asked for. */
const GIVES_WAY: readonly (readonly string[])[] = [
  ['jobdeck', 'result', 'body'],
  ['jobdeck', 'result', 'text'],
  ['jobdeck', 'result', 'stdout'],
  ['jobdeck', 'result', 'stderr'],
  ['jobdeck', 'items', 'values'],
  ['jobdeck', 'items', 'matrix'],
  ['jobdeck', 'attempts'],
  ['jobdeck', 'dependencies'],
  ['jobdeck', 'after'],
  ['jobdeck', 'task', 'source'],
  ['jobdeck', 'task', 'stdin'],
  ['jobdeck', 'task', 'body'],
  ['jobdeck', 'task', 'request'],
  ['jobdeck', 'task'],
  ['jobdeck', 'imported'],
  ['jobdeck', 'result'],
];

/** Leaves out so much that at least `excessBytes` are saved, as far as there is so much. */
function reduced(metadata: JobMetadata, excessBytes: number): { metadata: unknown; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  let rest: unknown = metadata;
  let excess = excessBytes;

  function leaveOut(keys: readonly string[]): void {
    const value = valueAt(rest, keys);
    if (excess <= 0 || value === undefined) return;
    const note = noteOf(['metadata', ...keys], value);
    leftOut.push(note);
    excess -= note.bytes + jsonBytes(keys.at(-1));
    rest = without(rest, keys);
  }

  for (const keys of GIVES_WAY) leaveOut(keys);
  for (const key of largestFirst(rest, 'jobdeck')) leaveOut([key]);
  for (const key of largestFirst(valueAt(rest, ['jobdeck']), 'version')) leaveOut(['jobdeck', key]);
  return { metadata: rest, leftOut };
}

/** The keys of an object, but for one. */
function largestFirst(value: unknown, kept: string): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([key]) => key !== kept)
    .map(([key, part]) => ({ key, bytes: jsonBytes(part) + jsonBytes(key) }))
    .sort((one, other) => other.bytes - one.bytes)
    .map(({ key }) => key);
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  let part = value;
  for (const key of keys) part = isObject(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  return part;
}

/** A copy that lacks what is at the end of these keys. */
function without(value: unknown, [key = '', ...keys]: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (keys.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, part]) => [name, name === key ? without(part, keys) : part]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
