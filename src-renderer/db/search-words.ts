/**
 * The entries of the index that search reads. Each is a word, or a fact such as `tag:photos`, and behind it the
 * row's place in time: so all rows with a word are one range in the order of the default list, and a page of them
 * is read from its start or from any place in it. Facts that most rows share, such as the queue `default`, have no
 * entry: reading on finds them soon.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { TEXT_FIELDS, type TextField, textsOf } from './record-texts.ts';
import { callbackStateOf, hasFacts, OBVIOUS_STOPS } from './search-facts.ts';
import { fold, wordsOf } from './words.ts';

/**
 * So many words of each field are found at the least, where it has them; what other fields leave over it may have,
 * too. Each is an entry of the index, so there is an end to them: of a traceback or a long note the first are found.
 */
const SHARES: Record<TextField, number> = {
  titles: 24,
  tags: 12,
  error: 20,
  callback: 4,
  notes: 16,
  metadata: 20,
};
const MAX_WORDS = Object.values(SHARES).reduce((sum, share) => sum + share);
/** No longer part of a text holds more words that are kept; all of it would take long to read. */
const MAX_TEXT_LENGTH = 2000;
/** Of one text, so that a long one leaves room for the others of its field. */
const MAX_TEXT_WORDS = 64;
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

/** The entry of a job that has more words than are indexed. */
export const CUT = 'cut:words';

/**
 * The entries of a job without their places: facts, all of them, and words.
 * @param more facts that the record alone does not give
 */
export function indexWords(job: BatchJob, more: readonly string[] = []): string[] {
  const { words, isCut } = wordsIn(job);
  return [...new Set([...more, ...factsOf(job), ...(isCut ? [CUT] : []), ...words])];
}

/** True for an entry that is a word: none has a colon. */
export function isWord(entry: string): boolean {
  return !entry.includes(':');
}

/** A fact as it is indexed. */
export function fact(key: string, value: string): string {
  return `${key}:${fold(value).replaceAll(MARK, '')}`;
}

/** So much of an import's id tells it from all others: the id is in an entry of every row that came with it. */
const IMPORT_LENGTH = '3f2a77b1-1f0c'.length;

/** How the entry of what an import brought begins, by its id or the beginning of it. Older rows have all of the id. */
export function importFact(id: string): string {
  return fact('import', id.slice(0, IMPORT_LENGTH));
}

function factsOf(job: BatchJob): string[] {
  const jobdeck = jobdeckOf(job);
  const queue = jobdeck?.queue ?? 'default';
  const callback = callbackStateOf(job);
  return [
    ...(jobdeck?.tags ?? []).map((tag) => fact('tag', tag)),
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

interface Words {
  words: string[];
  /** There are more. */
  isCut: boolean;
}

/** The words of all fields, of each its share, and what is left of the others'. */
function wordsIn(job: BatchJob): Words {
  const found = TEXT_FIELDS.map((field) => ({ share: SHARES[field], ...fieldWords(textsOf(job, field)) }));
  let spare = found.reduce((sum, { words, share }) => sum + Math.max(0, share - words.length), 0);
  let isCut = found.some((field) => field.isCut);
  const kept = found.flatMap(({ words, share }) => {
    const room = share + spare;
    spare = Math.max(0, spare - Math.max(0, words.length - share));
    isCut ||= words.length > room;
    return words.slice(0, room);
  });
  return { words: kept, isCut };
}

/** At the most as many as a row has, each once; what is behind them is not looked at. */
function fieldWords(texts: Iterable<string>): Words {
  const words = new Set<string>();
  let isCut = false;
  for (const text of texts) {
    const found = new Set(wordsOf(text.slice(0, MAX_TEXT_LENGTH)));
    isCut ||= text.length > MAX_TEXT_LENGTH || found.size > MAX_TEXT_WORDS;
    for (const word of [...found].slice(0, MAX_TEXT_WORDS)) words.add(word);
    if (words.size > MAX_WORDS) return { words: [...words].slice(0, MAX_WORDS), isCut: true };
  }
  return { words: [...words], isCut };
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
