/**
 * Reading the search box: free words, and `key:value` terms, all of which must match; `-` before one turns it
 * around. A term that is wrong is told, with what was expected, and matches nothing. Two things alone are left out in
 * silence: signs without a letter or digit among words, which the index does not have, and at the end what is still
 * being typed, unless the search is said to be finished.
 */
import type { JobRow } from '../job-row.ts';
import { fold, wordsOf } from '../words.ts';
import { nearest } from './nearest.ts';
import { type Condition, type Reading, type ReadingContext, wrong } from './reading.ts';
import { KEY_ALIASES, TERM_KEYS } from './term-keys.ts';
import { quotedValue, type Token, tokensOf } from './tokens.ts';
import { hasPhrase, hasWords } from './word-condition.ts';

export interface SearchProblem {
  /** The term as it is written, and where. */
  text: string;
  start: number;
  end: number;
  /** What is wrong, and what was expected. */
  message: string;
  /** The whole term that may have been meant. */
  suggestion: string | null;
}

export interface Search {
  conditions: readonly Condition[];
  problems: readonly SearchProblem[];
  /** What is looked for in the output: that is in the runner's files, and searched there. */
  output: string | null;
}

export const OUTPUT_KEY = 'output';

export interface ParseOptions {
  /** Nobody types on: what is half typed at the end is wrong. To be said of a search that is kept or acted on. */
  isFinished?: boolean;
}

export function parseSearch(
  search: string,
  nowMs = Date.now(),
  { isFinished = false }: ParseOptions = {},
): Search {
  const conditions: Condition[] = [];
  const problems: SearchProblem[] = [];
  let output: string | null = null;
  for (const token of tokensOf(search)) {
    const context = { nowMs, isLast: token.end === search.length, isQuoted: token.isQuoted };
    if (token.key === OUTPUT_KEY && !token.isNegated && token.value !== '') {
      output = output === null ? token.value : `${output} ${token.value}`;
      continue;
    }
    let reading = readToken(token, context);
    if (reading.kind === 'unfinished' && isFinished)
      reading = readToken(token, { ...context, isLast: false });
    if (reading.kind === 'condition') conditions.push(negatedIf(token.isNegated, reading.condition));
    else if (reading.kind === 'wrong') problems.push(problemOf(search, token, reading));
  }
  const parsed = { conditions, problems, output };
  if (isFinished && isEmptySearch(parsed) && search.trim() !== '') problems.push(nothingIn(search));
  return parsed;
}

/** What is wrong with a search that is to be kept or acted on as it is; null where it is right. */
export function problemOfFinished(search: string, nowMs = Date.now()): SearchProblem | null {
  return parseSearch(search, nowMs, { isFinished: true }).problems[0] ?? null;
}

/** True for a search that asks for everything. */
export function isEmptySearch({ conditions, problems, output }: Search): boolean {
  return conditions.length + problems.length === 0 && output === null;
}

export function matches({ conditions, problems, output }: Search, row: JobRow): boolean {
  return problems.length === 0 && output === null && conditions.every(({ test }) => test(row));
}

/** The search without what it looks for in the output. */
export function withoutOutput(search: string): string {
  const kept = tokensOf(search).filter(({ key }) => key !== OUTPUT_KEY);
  return kept.map(({ start, end }) => search.slice(start, end)).join(' ');
}

/** The search with its words looked for in the output; null where it has none, or looks there already. */
export function searchInOutput(search: string): string | null {
  const tokens = tokensOf(search);
  const words = tokens.filter(({ key, isNegated }) => key === null && !isNegated);
  if (words.length === 0 || tokens.some(({ key }) => key === OUTPUT_KEY)) return null;
  const rest = tokens.filter((token) => !words.includes(token));
  const text = words.map(({ value }) => value).join(' ');
  return [
    ...rest.map(({ start, end }) => search.slice(start, end)),
    `${OUTPUT_KEY}:${quotedValue(text)}`,
  ].join(' ');
}

function readToken(token: Token, context: ReadingContext): Reading {
  const { key, value, isNegated } = token;
  if (key === null) return readWords(value, context);
  if (key === OUTPUT_KEY) {
    if (!isNegated && context.isLast) return { kind: 'unfinished' };
    if (!isNegated) return nothingFollows(key, 'what was printed');
    return {
      kind: 'wrong',
      message: 'What is not in the output cannot be searched for.',
      suggestion: `${OUTPUT_KEY}:${quotedValue(value)}`,
    };
  }
  const known = TERM_KEYS[KEY_ALIASES[key] ?? key];
  if (known === undefined) return unknownKey(key, value);
  if (value === '') {
    if (context.isLast) return { kind: 'unfinished' };
    return nothingFollows(key, known.hint);
  }
  return known.read(value, context);
}

function nothingFollows(key: string, hint: string): Reading {
  return wrong(`Nothing follows ${key}:, which asks for ${hint}.`);
}

function nothingIn(search: string): SearchProblem {
  const message = `There is nothing in “${search.trim()}” to search for.`;
  return { text: search, start: 0, end: search.length, message, suggestion: null };
}

function unknownKey(key: string, value: string): Reading {
  const keys = [...Object.keys(TERM_KEYS), OUTPUT_KEY];
  const near = nearest(key, [...keys, ...Object.keys(KEY_ALIASES)]);
  if (near !== null) {
    const meant = KEY_ALIASES[near] ?? near;
    return {
      kind: 'wrong',
      message: `There is no ${key}:. Perhaps ${meant}: is meant.`,
      suggestion: `${meant}:${quotedValue(value)}`,
    };
  }
  const known = keys.map((each) => `${each}:`).join(', ');
  return {
    kind: 'wrong',
    message: `There is no ${key}:. There are ${known}. What stands in quotes is searched for as words.`,
    suggestion: `"${key}:${value}"`,
  };
}

/** Words, or an id, whole or its beginning, with or without `job-` before it. */
function readWords(text: string, { isQuoted }: ReadingContext): Reading {
  const folded = fold(text);
  if (/^(job|run)-[0-9a-f]/u.test(folded)) return found(hasId([folded]));
  const words = wordsOf(text);
  if (words.length === 0) return { kind: 'unfinished' };
  const inWords = isQuoted && words.length > 1 ? hasPhrase(words) : hasWords(words, isQuoted);
  if (!/^[0-9a-f]{6,8}(?:-[0-9a-f-]*)?$/u.test(folded)) return found(inWords);
  const byId = hasId([`job-${folded}`, `run-${folded}`]);
  const [word] = inWords.sources;
  const [id] = byId.sources;
  return found({
    test: (row) => inWords.test(row) || byId.test(row),
    leavesOut: (row) => inWords.leavesOut(row) || byId.test(row),
    sources: word && id ? [{ by: 'either', sources: [word, id] }] : [],
  });
}

function hasId(prefixes: readonly string[]): Condition {
  return {
    test: (row) => prefixes.some((prefix) => row.id.toLowerCase().startsWith(prefix)),
    sources: [{ by: 'id', prefixes }],
  };
}

function found(condition: Condition): Reading {
  return { kind: 'condition', condition };
}

function negatedIf(isNegated: boolean, condition: Condition): Condition {
  if (!isNegated) return condition;
  const leavesOut = condition.leavesOut ?? condition.test;
  return { test: (row) => !leavesOut(row), sources: [] };
}

function problemOf(
  search: string,
  { start, end, isNegated, key }: Token,
  { message, suggestion }: Extract<Reading, { kind: 'wrong' }>,
): SearchProblem {
  const isTerm = suggestion?.includes(':') || suggestion?.startsWith('"');
  const term = suggestion === null || isTerm ? suggestion : `${key}:${quotedValue(suggestion)}`;
  return {
    text: search.slice(start, end),
    start,
    end,
    message,
    suggestion: term === null ? null : `${isNegated && key !== OUTPUT_KEY ? '-' : ''}${term}`,
  };
}
