/** What the search box offers for the term that is being typed. */
import type { JobdeckDatabase } from '../../../db/database.ts';
import { FACET_GROUPS, type FacetGroup, facetValues } from '../../../db/facets.ts';
import { OUTPUT_KEY } from '../../../db/search/parse-search.ts';
import { KEY_ALIASES, TERM_KEYS } from '../../../db/search/term-keys.ts';
import { quotedValue, type Token, tokensOf } from '../../../db/search/tokens.ts';
import { formatCount } from '../../../words/count-words.ts';

export interface Completion {
  /** The whole term, as it will stand. */
  term: string;
  /** What it finds, or how many jobs have it. */
  hint: string;
  /** True where a value has yet to follow. */
  isKey: boolean;
}

/** The place in the search that a completion takes, and what there is for it. */
export interface Completions {
  start: number;
  end: number;
  options: readonly Completion[];
}

const MAX_OPTIONS = 8;
const MAX_TAGS_FOR_A_WORD = 4;
const OUTPUT_HINT = 'what jobs have printed';

/** @param caret where one types: what is before it, back to a space, is completed */
export async function completionsAt(
  db: JobdeckDatabase,
  search: string,
  caret: number,
): Promise<Completions | null> {
  const token = tokensOf(search.slice(0, caret)).find(({ end }) => end === caret);
  const options = token === undefined ? keyOptions('') : await optionsFor(db, token);
  const sign = token?.isNegated ? '-' : '';
  const written = search.slice(token?.start ?? caret, caret);
  const offered = options
    .map((option) => ({ ...option, term: sign + option.term }))
    .filter(({ term }) => term !== written)
    .slice(0, MAX_OPTIONS);
  return offered.length === 0 ? null : { start: token?.start ?? caret, end: caret, options: offered };
}

/** The search with a completion in its place, and where to type on. */
export function completed(
  search: string,
  { start, end }: Pick<Completions, 'start' | 'end'>,
  { term, isKey }: Completion,
): { search: string; caret: number } {
  const rest = search.slice(end);
  const before = search.slice(0, start) + term + (isKey || rest.startsWith(' ') ? '' : ' ');
  return { search: before + rest, caret: before.length };
}

async function optionsFor(db: JobdeckDatabase, { key, value }: Token): Promise<Completion[]> {
  if (key !== null) return valueOptions(db, KEY_ALIASES[key] ?? key, value);
  const tags = await facetValues(db, 'tag', value, MAX_TAGS_FOR_A_WORD);
  return [
    ...keyOptions(value.toLowerCase()),
    ...tags.map(({ value: tag, count }) => option('tag', tag, formatCount(count))),
  ];
}

function keyOptions(start: string): Completion[] {
  const hints = Object.entries(TERM_KEYS).map(([key, { hint }]): [string, string] => [key, hint]);
  return [...hints, [OUTPUT_KEY, OUTPUT_HINT] as const]
    .filter(([key]) => key.startsWith(start))
    .map(([key, hint]) => ({ term: `${key}:`, hint, isKey: true }));
}

async function valueOptions(db: JobdeckDatabase, key: string, typed: string): Promise<Completion[]> {
  const known = TERM_KEYS[key];
  if (known === undefined) return [];
  const done = known.isClosed ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const last = typed.slice(done.length).toLowerCase();
  const counted = isFacet(key) ? await facetValues(db, key, last, MAX_OPTIONS) : [];
  if (!known.isClosed && isFacet(key)) {
    return counted.map(({ value, count }) => option(key, value, formatCount(count)));
  }
  const counts = new Map(counted.map(({ value, count }) => [value, formatCount(count)]));
  return known.values
    .filter((value) => value.startsWith(last) || (!known.isClosed && last === ''))
    .map((value) => ({ term: `${key}:${done}${value}`, hint: counts.get(value) ?? '', isKey: false }));
}

function option(key: string, value: string, hint: string): Completion {
  return { term: `${key}:${quotedValue(value)}`, hint, isKey: false };
}

function isFacet(key: string): key is FacetGroup {
  return (FACET_GROUPS as readonly string[]).includes(key);
}
