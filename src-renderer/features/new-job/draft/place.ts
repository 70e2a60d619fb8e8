/** Reading and writing one value of a document, wherever it is in it. */
import { BATCH_JOB_KEYS } from '#shared/job/batch-job.ts';
import { isObject, type JsonObject, objectOf } from './values.ts';

export type Path = readonly string[];

/** What a new key comes before: documents written by the form read from what a job is to what becomes of it. */
const ORDER: readonly string[] = [
  ...BATCH_JOB_KEYS.filter((key) => key !== 'metadata'),
  'metadata',
  'version',
  'name',
  'tags',
  'notes',
  'queue',
  'priority',
  'after',
  'after_condition',
  'not_before',
  'deadline',
  'schedule',
  'timeout_ms',
  'kill_grace_ms',
  'max_output_bytes',
  'retry',
  'on_interrupt',
  'dedup_key',
  'on_duplicate',
  'task',
  'kind',
  'method',
  'url',
  'headers',
  'body',
  'items',
  'concurrency',
  'rate_limit',
  'fail_when',
];

export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
}

/**
 * The object with another value at a path; undefined takes the key away, and the objects around it that have
 * nothing else. What stays keeps its place.
 */
export function withValueAt(root: JsonObject, [key, ...rest]: Path, value: unknown): JsonObject {
  if (key === undefined) return root;
  const inner = rest.length === 0 ? value : withValueAt(objectOf(root[key]), rest, value);
  const isGone = inner === undefined || (rest.length > 0 && value === undefined && isEmpty(inner));
  return isGone ? without(root, key) : withKey(root, key, inner);
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function without(object: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = object;
  return rest;
}

function withKey(object: JsonObject, key: string, value: unknown): JsonObject {
  if (key in object) return { ...object, [key]: value };
  const entries = Object.entries(object);
  const rank = ORDER.indexOf(key);
  const before = rank === -1 ? -1 : entries.findIndex(([other]) => ORDER.indexOf(other) > rank);
  return Object.fromEntries(entries.toSpliced(before === -1 ? entries.length : before, 0, [key, value]));
}
