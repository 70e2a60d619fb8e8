/** The items of a batch: where they come from, and how they are worked on. */
import type { Items, JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { anything, type Fields, inJobdeck, number, oneOf } from './fields.ts';
import { isObject, type JsonObject, jsonIn, objectOf } from './values.ts';

export type RateLimit = NonNullable<JobdeckRequest['rate_limit']>;
export type FileFormat = Extract<Items, { file: string }>['format'];

export interface ItemsForm {
  /** As in the document; undefined for a job that runs once. */
  items: unknown;
  concurrency: number | null;
  rateLimit: RateLimit | null;
  failWhen: 'any' | 'all' | 'never';
}

export const ITEMS_FIELDS: Fields<ItemsForm> = {
  items: inJobdeck('items', anything),
  concurrency: inJobdeck('concurrency', number),
  rateLimit: inJobdeck('rate_limit', {
    read: (value) => {
      const { count, per } = objectOf(value);
      return typeof count === 'number' ? { count, per: per === 'second' ? 'second' : 'minute' } : null;
    },
    write: (limit) => limit ?? undefined,
  }),
  failWhen: inJobdeck('fail_when', oneOf(['any', 'all', 'never'])),
};

export const ITEM_SOURCES = ['lines', 'json', 'file', 'range', 'matrix'] as const;
/** `failed` is what "re-run failed only" makes: the form shows it and does not offer it. */
export type ItemSource = (typeof ITEM_SOURCES)[number] | 'failed';

export const NO_ITEMS: Items = { values: [] };

export function sourceOf(items: unknown): ItemSource {
  const object = objectOf(items);
  if ('file' in object) return 'file';
  if ('range' in object) return 'range';
  if ('matrix' in object) return 'matrix';
  if ('failed_of' in object) return 'failed';
  return valuesOf(items).every(isLine) ? 'lines' : 'json';
}

/** The items from another source: those written in the document come along where they can. */
export function itemsAs(source: Exclude<ItemSource, 'failed'>, items: unknown): JsonObject {
  const values = valuesOf(items);
  switch (source) {
    case 'lines':
      return { values: values.map((value) => (isLine(value) ? value : JSON.stringify(value))) };
    case 'json':
      return { values: values.map((value) => jsonOfLine(value)) };
    case 'file':
      return { file: '', format: 'lines' };
    case 'range':
      return { range: { from: 1, to: 10 } };
    case 'matrix':
      return { matrix: { name: values.length > 0 ? values : [] } };
  }
}

export function valuesOf(items: unknown): unknown[] {
  const { values } = objectOf(items);
  return Array.isArray(values) ? values : [];
}

/** One item a line; lines with nothing in them are none. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The format that a file's name promises. */
export function formatOfFile(path: string): FileFormat {
  if (/\.(?:jsonl|ndjson)$/iu.test(path)) return 'jsonl';
  return /\.csv$/iu.test(path) ? 'csv' : 'lines';
}

/** The file's name without its folders, on any system. */
export function baseName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

function isLine(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\n') && value.trim() !== '';
}

/** A line that is an object or a list of JSON was meant as one. */
function jsonOfLine(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/u.test(value)) return value;
  const parsed = jsonIn(value);
  return parsed && (isObject(parsed.value) || Array.isArray(parsed.value)) ? parsed.value : value;
}
