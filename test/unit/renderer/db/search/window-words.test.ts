import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobRow } from '../../../../../src-renderer/db/job-row.ts';
import { matches, parseSearch } from '../../../../../src-renderer/db/search/parse-search.ts';
import { TERM_KEYS } from '../../../../../src-renderer/db/search/term-keys.ts';
import { toRow } from '../../../../../src-renderer/db/to-row.ts';
import { DELIVERY_STATE_WORDS } from '../../../../../src-renderer/words/callback-words.ts';
import { kindWord } from '../../../../../src-renderer/words/kind-words.ts';
import { lookOf, lookWord } from '../../../../../src-renderer/words/status-words.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';

function rowOf(job: BatchJob): JobRow {
  return { ...toRow(job, {}), key: 1, words: [] };
}

function finds(search: string, row: JobRow): boolean {
  const parsed = parseSearch(search);
  expect(parsed.problems).toEqual([]);
  return matches(parsed, row);
}

describe('a search takes the words that the window shows', () => {
  it.each(['created', 'completed', 'failed', 'cancelled', 'expired'] as const)(
    'of a job that is %s',
    (status) => {
      const row = rowOf(sampleJobIn(status, 0));
      const word = lookWord(lookOf(row));
      expect(finds(`status:${word}`, row)).toBe(true);
      expect(finds(`is:${word.toUpperCase()}`, row)).toBe(true);
      expect(finds(`-status:${word}`, row)).toBe(false);
    },
  );

  it.each([
    ['waiting', 'pending'],
    ['running', 'running'],
  ] as const)('%s is %s', (word, status) => {
    const row = rowOf(sampleJobIn(status, 0));
    expect(finds(`status:${word}`, row)).toBe(true);
    expect(finds(`status:done,${word}`, row)).toBe(true);
    expect(finds('status:done,saved', row)).toBe(false);
  });

  it.each(['http', 'llm', 'command', 'script'] as const)('of a job that runs a %s', (kind) => {
    const row = { ...rowOf(sampleJobIn('completed', 0)), kind, kindKey: kind };
    expect(finds(`kind:${kindWord(kind, 'job')}`, row)).toBe(true);
    expect(finds(`kind:${kind}`, row)).toBe(true);
    expect(finds('kind:batch', row)).toBe(false);
  });

  it('of callbacks', () => {
    for (const word of Object.values(DELIVERY_STATE_WORDS)) {
      expect(parseSearch(`callback:"${word}" x`).problems).toEqual([]);
    }
    const asked = { ...sampleJobIn('completed', 0), callback_url: 'https://example.org/' };
    const due = rowOf({ ...asked, callback_error: null, callback_status_code: null });
    expect(finds('callback:held', due)).toBe(true);
    expect(finds('callback:waiting', due)).toBe(true);
    expect(finds('callback:"given up"', due)).toBe(false);
    const failed = rowOf({ ...asked, callback_error: 'No answer.', callback_status_code: null });
    expect(finds('callback:"given up"', failed)).toBe(true);
    expect(finds('callback:given', failed)).toBe(true);
    expect(finds('callback:held', failed)).toBe(false);
  });
});

it('a word that is nearly one of the window is suggested, as it has to be written', () => {
  expect(parseSearch('status:doen x').problems).toMatchObject([{ suggestion: 'status:done' }]);
  expect(parseSearch('callback:"givn up"').problems).toMatchObject([{ suggestion: 'callback:"given up"' }]);
  expect(parseSearch('status:x y').problems[0]?.message).toContain('saved, waiting and done');
});

it('no word of the window is the name of another value', () => {
  for (const { values, words } of Object.values(TERM_KEYS)) {
    for (const [word, meant] of Object.entries(words)) {
      expect(values).not.toContain(word);
      expect(values).toEqual(expect.arrayContaining([...meant]));
    }
  }
});
