/** The search box: free words, and `status:`, `kind:`, `type:` and `tag:`, all of which must match. */
import type { JobRow } from './job-row.ts';
import { fact, wordOf } from './search-words.ts';
import { fold, wordsOf } from './words.ts';

export interface SearchTerms {
  /** Prefixes of index entries; the longest, which likely matches the fewest, comes first. */
  prefixes: string[];
  /** Conditions on other fields. */
  tests: ((row: JobRow) => boolean)[];
}

/** Reads a search. Quotes keep spaces together: `tag:"to do"`. A term that is half typed matches as a prefix. */
export function parseSearch(search: string): SearchTerms {
  const prefixes = new Set<string>();
  const tests: SearchTerms['tests'] = [];
  for (const [quoted] of search.matchAll(/(?:[^\s"]|"[^"]*(?:"|$))+/gu)) {
    const term = fold(quoted.replaceAll('"', ''));
    const [, key, value = ''] = /^(status|kind|type|tag):(.*)$/su.exec(term) ?? [];
    if (key === undefined) {
      if (looksLikeId(term)) tests.push((row) => row.id.toLowerCase().startsWith(term));
      else for (const word of wordsOf(term)) prefixes.add(word);
    } else if (value === '') {
      // `status:` with nothing after it is a term still to be typed.
    } else if (key === 'tag') prefixes.add(fact('tag', value));
    else tests.push(fieldTest(key, value));
  }
  return { prefixes: [...prefixes].sort((one, other) => other.length - one.length), tests };
}

function fieldTest(key: string, value: string): (row: JobRow) => boolean {
  if (key === 'status') return (row) => row.status.startsWith(value);
  if (key === 'kind') return (row) => row.kind?.startsWith(value) ?? false;
  return (row) => row.jobType.startsWith(value);
}

export function matches(terms: SearchTerms, row: JobRow): boolean {
  return (
    terms.prefixes.every((prefix) => row.words.some((word) => wordOf(word).startsWith(prefix))) &&
    terms.tests.every((test) => test(row))
  );
}

/** True for a search term that is looked up as an id, whole, and not word by word. */
function looksLikeId(term: string): boolean {
  return /^(job|run)-[0-9a-f]/u.test(term);
}
