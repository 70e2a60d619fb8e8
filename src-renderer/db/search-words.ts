/**
 * The entries of the index that search reads. Each is a word, or a fact such as `tag:photos`, and behind it the
 * row's place in time: so all rows with a word are one range in the order of the default list, and a page of them
 * is read from its start or from any place in it. Facts that most rows share, such as the queue `default`, have no
 * entry: reading on finds them soon.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { callbackStateOf, hasFacts, OBVIOUS_STOPS } from './search-facts.ts';
import { fold, wordsOf } from './words.ts';

/** The most entries of one row. */
const MAX_WORDS = 48;
const MAX_TEXT_LENGTH = 400;
const MAX_METADATA_VALUES = 24;
const MAX_METADATA_DEPTH = 4;
/** Between a word and its place. No word has one. */
export const MARK = '\u0000';
/** From here every time that a date-time can name is positive. */
const YEAR_ZERO_MS = Date.parse('0000-01-01T00:00:00Z');
const TIME_DIGITS = 10;
const KEY_DIGITS = 6;
/** Above all keys that are given out, which begin with 1. */
export const LAST_KEY = 36 ** KEY_DIGITS - 1;

/** A place in the default list. */
export interface Place {
  createdAtMs: number;
  key: number;
}

/** The entry of a job that says it ended before it was made: of all others, a time of the end bounds the time of the making. */
export const ENDED_TOO_SOON = 'odd:end';

/**
 * The entries of a job without their places: facts first, as words beyond the most that are kept are left out.
 * @param more entries that the record alone does not give
 */
export function indexWords(job: BatchJob, titles: readonly string[], more: readonly string[] = []): string[] {
  const jobdeck = jobdeckOf(job);
  const tags = jobdeck?.tags ?? [];
  const texts = [
    ...tags,
    ...titles,
    jobdeck?.error?.message ?? '',
    job.callback_error ?? '',
    jobdeck?.notes ?? '',
    ...metadataTexts(job),
  ];
  return [...new Set([...more, ...factsOf(job, tags), ...texts.flatMap(textWords)])].slice(0, MAX_WORDS);
}

/** A fact as it is indexed. */
export function fact(key: string, value: string): string {
  return `${key}:${fold(value).replaceAll(MARK, '')}`;
}

function factsOf(job: BatchJob, tags: readonly string[]): string[] {
  const jobdeck = jobdeckOf(job);
  const queue = jobdeck?.queue ?? 'default';
  const callback = callbackStateOf(job);
  return [
    ...tags.map((tag) => fact('tag', tag)),
    ...(queue === 'default' ? [] : [fact('queue', queue)]),
    ...(job.job_type === 'job' ? [] : [fact('type', job.job_type)]),
    ...(job.agent_id === null ? [] : [fact('agent', job.agent_id)]),
    ...(job.stop_reason === null || OBVIOUS_STOPS.has(job.stop_reason)
      ? []
      : [fact('stop', job.stop_reason)]),
    ...(callback === 'none' ? [] : [fact('callback', callback)]),
    ...hasFacts(job).map((what) => fact('has', what)),
  ];
}

function textWords(text: string): string[] {
  return wordsOf(text.slice(0, MAX_TEXT_LENGTH));
}

/** The strings and numbers of the metadata that is not Jobdeck's own, and of what came with an import. */
function metadataTexts({ metadata }: BatchJob): string[] {
  const texts: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (texts.length >= MAX_METADATA_VALUES || depth > MAX_METADATA_DEPTH) return;
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number') texts.push(String(value));
    else if (Array.isArray(value)) for (const part of value) visit(part, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) visit(part, depth + 1);
    }
  };
  const { jobdeck, ...others } = metadata ?? {};
  visit(others, 0);
  visit(jobdeck?.imported, 0);
  return texts;
}

/** The entries as they are written: each word at the row's place. Giving places a second time changes nothing. */
export function placed(words: readonly string[], place: Place): string[] {
  const end = placeDigits(place);
  return words.map((word) => `${wordOf(word)}${MARK}${end}`);
}

/** The word of an entry. */
export function wordOf(entry: string): string {
  const mark = entry.indexOf(MARK);
  return mark === -1 ? entry : entry.slice(0, mark);
}

/** The place of an entry. */
export function placeOf(entry: string): Place {
  const digits = entry.slice(entry.indexOf(MARK) + 1);
  return {
    createdAtMs: Number.parseInt(digits.slice(0, TIME_DIGITS), 36) + YEAR_ZERO_MS,
    key: Number.parseInt(digits.slice(TIME_DIGITS), 36),
  };
}

/** Where the entries of a word begin and end, and where one would be at `place`. */
export const entryBounds = {
  first: (word: string): string => `${word}${MARK}`,
  at: (word: string, place: Place): string => `${word}${MARK}${placeDigits(place)}`,
  last: (word: string): string => `${word}${MARK}\uffff`,
};

function placeDigits({ createdAtMs, key }: Place): string {
  const time = Math.max(0, createdAtMs - YEAR_ZERO_MS);
  return time.toString(36).padStart(TIME_DIGITS, '0') + key.toString(36).padStart(KEY_DIGITS, '0');
}
