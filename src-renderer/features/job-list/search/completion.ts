/** What the search box offers for the term that is being typed. */
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { JobdeckDatabase } from '../../../db/database.ts';
import { FACET_GROUPS, type FacetGroup, facetValues } from '../../../db/facets.ts';
import { OUTPUT_KEY } from '../../../db/search/parse-search.ts';
import { KEY_ALIASES, TERM_KEYS, type TermKey } from '../../../db/search/term-keys.ts';
import { quotedValue, type Token, tokensOf } from '../../../db/search/tokens.ts';
import { fold } from '../../../db/words.ts';
import { formatCount } from '../../../words/count-words.ts';

export interface Completion {
  /** The whole term, as it will stand. */
  term: string;
  /** What it finds, or how many jobs have it. */
  hint: string;
  /** True where a value has yet to follow. */
  isKey: boolean;
}

/** A saved model profile. */
export type ProfileName = Pick<ModelProfile, 'id' | 'name'>;

/** The place in the search that a completion takes, and what there is for it. */
export interface Completions {
  start: number;
  end: number;
  options: readonly Completion[];
}

/** Of what has no end, such as tags: more are found by typing on. */
const MAX_VALUES = 30;
const MAX_TAGS_FOR_A_WORD = 4;
const OUTPUT_HINT = 'what jobs have printed';

/** @param caret where one types: what is before it, back to a space, is completed */
export async function completionsAt(
  db: JobdeckDatabase,
  search: string,
  caret: number,
  profiles: readonly ProfileName[] = [],
): Promise<Completions | null> {
  const token = tokensOf(search.slice(0, caret)).find(({ end }) => end === caret);
  const options = token === undefined ? keyOptions('') : await optionsFor(db, token, profiles);
  const sign = token?.isNegated ? '-' : '';
  const written = search.slice(token?.start ?? caret, caret);
  const offered = options
    .map((option) => ({ ...option, term: sign + option.term }))
    .filter(({ term }) => term !== written);
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

async function optionsFor(
  db: JobdeckDatabase,
  { key, value }: Token,
  profiles: readonly ProfileName[],
): Promise<Completion[]> {
  if (key !== null) return valueOptions(db, KEY_ALIASES[key] ?? key, value, profiles);
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

async function valueOptions(
  db: JobdeckDatabase,
  key: string,
  typed: string,
  profiles: readonly ProfileName[],
): Promise<Completion[]> {
  const known = TERM_KEYS[key];
  if (known === undefined) return [];
  if (key === 'agent') return agentOptions(db, typed, profiles);
  if (known.isClosed) return closedOptions(db, key, known, typed);
  if (isFacet(key)) {
    const counted = await facetValues(db, key, typed.toLowerCase(), MAX_VALUES);
    // A quote can not be written inside of quotes.
    const writable = counted.filter(({ value }) => !value.includes('"'));
    return writable.map(({ value, count }) => option(key, value, formatCount(count)));
  }
  const start = typed.toLowerCase();
  return known.values
    .filter((value) => value.startsWith(start))
    .map((value) => ({ term: `${key}:${value}`, hint: '', isKey: false }));
}

/** The words of the window, and the names that records have where no word says the same. */
async function closedOptions(
  db: JobdeckDatabase,
  key: string,
  { values, words }: TermKey,
  typed: string,
): Promise<Completion[]> {
  const done = typed.slice(0, typed.lastIndexOf(',') + 1);
  const last = typed.slice(done.length).toLowerCase();
  const shown = Object.entries(words).filter(([word]) => word.startsWith(last));
  const said = new Set(shown.flatMap(([, meant]) => meant));
  // A word stands where its value does.
  const place = ([, meant]: [string, readonly string[]]) => values.indexOf(meant[0] ?? '');
  const offered: [string, readonly string[]][] = [
    ...shown,
    ...values.flatMap((value): [string, string[]][] =>
      value.startsWith(last) && !said.has(value) ? [[value, [value]]] : [],
    ),
  ].sort((one, other) => place(one) - place(other));
  const counts = new Map(
    isFacet(key)
      ? (await facetValues(db, key, '', MAX_VALUES)).map(({ value, count }) => [value, count])
      : [],
  );
  return offered.map(([name, meant]) => {
    const count = meant.reduce((sum, value) => sum + (counts.get(value) ?? 0), 0);
    return option(key, done + name, count > 0 ? formatCount(count) : '');
  });
}

/** Model profiles by their names too: a job has the id of one alone. */
async function agentOptions(
  db: JobdeckDatabase,
  typed: string,
  profiles: readonly ProfileName[],
): Promise<Completion[]> {
  const start = fold(typed);
  const counted = await facetValues(db, 'agent', '', MAX_VALUES);
  const names = new Map(profiles.map(({ id, name }): [string, string] => [id, name]));
  const ids = new Set([...counted.map(({ value }) => value), ...names.keys()]);
  return [...ids].flatMap((id): Completion | [] => {
    const name = names.get(id) ?? '';
    const isMeant = fold(id).startsWith(start) || fold(name).includes(start);
    const count = counted.find(({ value }) => value === id)?.count ?? 0;
    return isMeant
      ? option('agent', id, [name, count > 0 ? formatCount(count) : ''].filter(Boolean).join(' · '))
      : [];
  });
}

function option(key: string, value: string, hint: string): Completion {
  return { term: `${key}:${quotedValue(value)}`, hint, isKey: false };
}

function isFacet(key: string): key is FacetGroup {
  return (FACET_GROUPS as readonly string[]).includes(key);
}
