import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { STOP_REASONS } from '#shared/job/batch-job.ts';
import { trash } from '../../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../../src-renderer/db/database.ts';
import { TERM_KEYS } from '../../../../../src-renderer/db/search/term-keys.ts';
import {
  completed,
  completionsAt,
  type ProfileName,
} from '../../../../../src-renderer/features/job-list/search/completion.ts';
import { importJobs } from '../../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../../support.ts';

let db: JobdeckDatabase;
beforeAll(async () => {
  db = freshDatabase();
  const jobs = Array.from({ length: 12 }, (_, index) =>
    sampleJobIn(index % 4 ? 'completed' : 'failed', index, {
      tags: index % 3 ? ['photos'] : ['to do', 'Papers'],
      queue: index === 0 ? 'night' : 'default',
    }),
  );
  await importJobs(db, [...jobs, sampleJobIn('completed', 20, { tags: ['gone'] })]);
  await trash(db, [sampleJobIn('completed', 20).id]);
});

const termsAt = async (search: string, caret = search.length) =>
  (await completionsAt(db, search, caret))?.options.map(({ term }) => term) ?? [];

const STATUSES = ['saved', 'waiting', 'running', 'done', 'failed', 'cancelled', 'expired'].map(
  (word) => `status:${word}`,
);
const CALLBACKS = ['delivered', '"given up"', 'stopped', 'waiting', 'held', 'none'].map(
  (word) => `callback:${word}`,
);

describe('the search box completes', () => {
  it.each([
    ['stat', ['status:']],
    ['-stat', ['-status:']],
    ['status:fa', ['status:failed']],
    ['status:failed,comp', ['status:failed,completed']],
    ['status:failed', []],
    ['status:', STATUSES],
    ['status:c', ['status:created', 'status:completed', 'status:cancelled']],
    ['status:do', ['status:done']],
    ['kind:m', ['kind:model']],
    ['callback:g', ['callback:"given up"']],
    ['callback:', CALLBACKS],
    ['tag:', ['tag:photos', 'tag:"to do"', 'tag:Papers']],
    ['tag:pa', ['tag:Papers']],
    ['tag:gone', []],
    ['queue:', ['queue:default', 'queue:night']],
    ['duration:', ['duration:>5m', 'duration:<10s', 'duration:1m..1h']],
    ['photos tag:p', ['tag:photos', 'tag:Papers']],
    ['pho', ['tag:photos']],
    ['zzz', []],
    ['nothing:x', []],
  ])('%s', async (search, expected) => {
    expect((await termsAt(search)).sort()).toEqual([...expected].sort());
  });

  it('offers all keys where a term begins, and says what they find', async () => {
    const options = (await completionsAt(db, 'photos ', 7))?.options ?? [];
    expect(options[0]).toEqual({ term: 'status:', hint: 'how a job stands', isKey: true });
    expect(options.map(({ term }) => term)).toEqual(
      [...Object.keys(TERM_KEYS), 'output'].map((key) => `${key}:`),
    );
  });

  it('offers all reasons to stop, and says the counts of what the window calls otherwise', async () => {
    expect(await termsAt('stop:')).toHaveLength(STOP_REASONS.length);
    const options = (await completionsAt(db, 'status:do', 9))?.options;
    expect(options).toEqual([{ term: 'status:done', hint: '9', isKey: false }]);
  });

  it('finds a model profile by its name, and puts its id', async () => {
    const profiles = [
      { id: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e', name: 'Llama at home' },
      { id: 'agent-7c9e6679-7425-40de-944b-e07fc1f90ae7', name: 'Qwen' },
    ] as ProfileName[];
    const termsOf = async (search: string) =>
      (await completionsAt(db, search, search.length, profiles))?.options.map(({ term, hint }) => [
        term,
        hint,
      ]);
    expect(await termsOf('agent:lla')).toEqual([[`agent:${profiles[0]?.id}`, 'Llama at home']]);
    expect(await termsOf('model:HOME')).toHaveLength(1);
    expect(await termsOf('agent:')).toHaveLength(2);
    expect(await termsOf('agent:agent-7c')).toHaveLength(1);
    expect(await termsOf('agent:nobody')).toBeUndefined();
  });

  it('says how many jobs have a value, the most first', async () => {
    const options = (await completionsAt(db, 'tag:', 4))?.options ?? [];
    expect(options.map(({ term, hint }) => [term, hint])[0]).toEqual(['tag:photos', '8']);
  });

  it('takes the place of what was typed, with room for the next term', async () => {
    const search = 'status:fa photos';
    const completions = await completionsAt(db, search, 9);
    const [first] = completions?.options ?? [];
    if (!completions || !first) throw new Error('Expected a completion.');
    expect(completed(search, completions, first)).toEqual({ search: 'status:failed photos', caret: 13 });
    const key = { start: 0, end: 2 };
    expect(completed('st', key, { term: 'status:', hint: '', isKey: true })).toEqual({
      search: 'status:',
      caret: 7,
    });
    expect(completed('tag:p', { start: 0, end: 5 }, { term: 'tag:photos', hint: '', isKey: false })).toEqual({
      search: 'tag:photos ',
      caret: 11,
    });
  });
});
