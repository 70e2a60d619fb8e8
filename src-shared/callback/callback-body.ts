/** What is posted to the callback of a job that has ended (Standard Webhooks, "Webhook payload structure"). Pure. */
import type { BatchJob, JobMetadata } from '../job/batch-job.ts';
import { byteLength } from './byte-length.ts';
import { MAX_BODY_BYTES } from './delivery.ts';
import { jsonBytes, type LeftOut, MAX_NAMED, NOTES_HEAD_BYTES, noteOf, truncated } from './left-out.ts';

/**
 * The text that is sent, at most `MAX_BODY_BYTES` of UTF-8: always the same for a record. Where the whole would be
 * longer, parts of the metadata are left out, and `truncated` names them.
 */
export function callbackBody(job: BatchJob): string {
  const whole = JSON.stringify({ ...headOf(job), metadata: job.metadata });
  // No character takes more than three bytes for each of its units.
  if (whole.length * 3 <= MAX_BODY_BYTES) return whole;
  const wholeBytes = byteLength(whole);
  if (wholeBytes <= MAX_BODY_BYTES) return whole;
  const { metadata, notes, count } = reduced(
    job.metadata ?? {},
    wholeBytes - MAX_BODY_BYTES + NOTES_HEAD_BYTES,
  );
  const body = JSON.stringify({ ...headOf(job), metadata, truncated: truncated(wholeBytes, notes, count) });
  if (byteLength(body) <= MAX_BODY_BYTES) return body;
  const all = [noteOf(['metadata'], job.metadata)];
  return JSON.stringify({ ...headOf(job), metadata: {}, truncated: truncated(wholeBytes, all, 1) });
}

/** The id of a job by the name that its receiver knows it by. */
export function idOf({ id, job_type }: BatchJob): Record<string, string> {
  return job_type === 'run' ? { run_id: id } : { job_id: id };
}

function headOf(job: BatchJob) {
  return {
    type: `job.${job.status}`,
    // When it happened, not when it is told: the text does not depend on when it is made.
    timestamp: shortTime(job.completed_at ?? job.updated_at ?? job.created_at),
    ...idOf(job),
    status: job.status,
    completed_at: job.completed_at && shortTime(job.completed_at),
  };
}

/** RFC 3339 sets no limit to the digits of a fraction; of an imported record there may be any number. */
function shortTime(time: string): string {
  return time.replace(/(\.\d{9})\d+/u, '$1');
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

/** Shorter parts give way only when no longer one is left: what they save is little more than what is said of it. */
const LONG_BYTES = 500;

/** Leaves out so much that `excessBytes` are saved, as far as there is so much. */
function reduced(
  metadata: JobMetadata,
  excessBytes: number,
): { metadata: unknown; notes: LeftOut[]; count: number } {
  const notes: LeftOut[] = [];
  const rest = copyOf(metadata);
  let excess = excessBytes;
  let count = 0;

  function leaveOut(keys: readonly string[], leastBytes: number, known?: number): void {
    const parent = excess > 0 ? parentOf(rest, keys) : undefined;
    const key = keys.at(-1) ?? '';
    if (parent === undefined || !Object.hasOwn(parent, key)) return;
    const value = parent[key];
    const bytes = known ?? jsonBytes(value);
    if (bytes < leastBytes) return;
    delete parent[key];
    count += 1;
    excess -= bytes + jsonBytes(key) + 1;
    if (count > MAX_NAMED) return;
    const note = noteOf(['metadata', ...keys], value, bytes);
    notes.push(note);
    excess += jsonBytes(note) + 1;
  }

  for (const leastBytes of [LONG_BYTES, 0]) {
    for (const keys of GIVES_WAY) leaveOut(keys, leastBytes);
    for (const { key, bytes } of largestFirst(rest, 'jobdeck')) leaveOut([key], leastBytes, bytes);
  }
  for (const { key } of largestFirst(rest.jobdeck, 'version')) leaveOut(['jobdeck', key], 0);
  return { metadata: rest, notes, count };
}

/** The keys of an object, but for one. */
function largestFirst(value: unknown, kept: string): { key: string; bytes: number }[] {
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([key]) => key !== kept)
    .map(([key, part]) => ({ key, bytes: jsonBytes(part) }))
    .sort((one, other) => other.bytes - one.bytes);
}

/** A copy of which the parts that give way can be taken without a change of the record. */
function copyOf(metadata: JobMetadata): Record<string, unknown> {
  const copy = ownCopy(metadata);
  if (!isObject(copy.jobdeck)) return copy;
  const jobdeck = ownCopy(copy.jobdeck);
  for (const key of ['result', 'items', 'task']) {
    const part = jobdeck[key];
    if (isObject(part)) jobdeck[key] = ownCopy(part);
  }
  copy.jobdeck = jobdeck;
  return copy;
}

/** Keys such as `__proto__` stay keys. */
function ownCopy(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

function parentOf(value: unknown, keys: readonly string[]): Record<string, unknown> | undefined {
  let part = value;
  for (const key of keys.slice(0, -1)) {
    part = isObject(part) && Object.hasOwn(part, key) ? part[key] : undefined;
  }
  return isObject(part) ? part : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
