import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../../../../src-renderer/db/job-row.ts';
import {
  isEmptySearch,
  matches,
  parseSearch,
  problemOfFinished,
  searchInOutput,
  withoutOutput,
} from '../../../../../src-renderer/db/search/parse-search.ts';
import { placed } from '../../../../../src-renderer/db/search-words.ts';
import { type RowFacts, toRow } from '../../../../../src-renderer/db/to-row.ts';
import { sampleJob, sampleJobIn } from '../../../../fakes/sample-jobs.ts';

const NOW = Date.parse('2026-11-24T12:00:00');

function rowOf(job = sampleJob(0), facts: Partial<RowFacts> = {}): JobRow {
  const draft = toRow(job, facts);
  return { ...draft, key: 1, words: placed(draft.words, { createdAtMs: draft.createdAtMs, key: 1 }) };
}

function finds(search: string, row: JobRow): boolean {
  return matches(parseSearch(search, NOW), row);
}

describe('words', () => {
  const job = sampleJobIn('failed', 0, { name: 'Résumé of papers', tags: ['To do'], notes: 'ask Zoë' });
  const row = rowOf({
    ...job,
    metadata: { ...job.metadata, project: { client: 'Ångström', numbers: [4711] } },
  });

  it.each([
    ['resume', true],
    ['RÉSU paper', true],
    ['esume', false],
    ['"resume"', true],
    ['"resum"', false],
    ['"resume papers"', false],
    ['"resume of papers"', true],
    ['"of papers"', true],
    ['"papers of"', false],
    ['"resume of paper"', false],
    ['"papers to"', false],
    ['"to do"', true],
    ['"exit code"', true],
    ['do', true],
    ['zoe', true],
    ['angstrom 4711', true],
    ['exit code', true],
    ['-resume', false],
    ['-nightly', true],
    ['-"resume nightly"', true],
    ['-"resume papers"', true],
    ['-"resume of papers"', false],
  ])('%s', (search, expected) => {
    expect(finds(search, row)).toBe(expected);
  });

  it('an id is found whole, by its beginning, and by the beginning of its digits', () => {
    for (const text of [
      row.id,
      row.id.toUpperCase(),
      row.id.slice(0, 10),
      row.id.slice(4, 10),
      row.id.slice(4),
    ]) {
      expect(finds(text, row)).toBe(true);
      expect(finds(`-${text}`, row)).toBe(false);
    }
    expect(finds('job-00000000', row)).toBe(false);
  });

  it('a URL and a path of Windows are words, and no terms', () => {
    for (const text of ['https://example.org/a', 'C:\\jobs\\a', '12:30']) {
      expect(parseSearch(text).problems).toEqual([]);
      expect(isEmptySearch(parseSearch(text))).toBe(false);
    }
  });
});

describe('terms', () => {
  const base = sampleJobIn('completed', 0, { queue: 'Night shift', tags: ['photos', 'to do'] });
  const row = rowOf({
    ...base,
    agent_id: 'agent-0f8fad5b-d9cb-469f-a165-70867728950e',
    callback_url: 'https://a.test/',
    callback_status_code: 500,
    callback_error: 'It answered with 500.',
    total_duration_ns: 90e9,
  });

  it.each([
    ['status:completed', true],
    ['status:compl', true],
    ['STATUS:Completed', true],
    ['state:completed', true],
    ['status:failed,completed', true],
    ['status:failed', false],
    ['-status:failed', true],
    ['kind:command', true],
    ['kind:request', false],
    ['type:job', true],
    ['tag:photo', true],
    ['tag:"photo"', false],
    ['tag:"to do"', true],
    ['queue:"night sh"', false],
    ['queue:"night shift"', true],
    ['queue:night', true],
    ['queue:default', false],
    ['agent:0f8fad5b', true],
    ['agent:agent-0f8f', true],
    ['stop:end_turn', true],
    ['callback:failed', true],
    ['callback:none', false],
    ['has:callback', true],
    ['has:notes', false],
    ['has:output', true],
    ['duration:>1m', true],
    ['duration:>1m30s', false],
    ['duration:>=1m30s', true],
    ['duration:1m..2m', true],
    ['duration:..1m', false],
    ['created:2026-11-01', true],
    ['created:2026', true],
    ['created:<2026-11', false],
    ['created:<=2026-11', true],
    ['created:>30d', false],
    ['created:<30d', true],
    ['created:today', false],
    ['completed:2026-10..2026-11', true],
    ['completed:>2026-11-02', false],
  ])('%s', (search, expected) => {
    expect(parseSearch(search, NOW).problems).toEqual([]);
    expect(finds(search, row)).toBe(expected);
  });

  it('a job that has not ended has no time of its end, and no duration', () => {
    const saved = rowOf();
    expect(finds('completed:>2000', saved)).toBe(false);
    expect(finds('duration:<1h', saved)).toBe(false);
    expect(finds('-completed:>2000', saved)).toBe(true);
  });
});

describe('a term that is still being typed', () => {
  it.each([
    'status:',
    'created:',
    'created:>',
    'created:>20',
    'created:2026-',
    'created:yest',
    'duration:>',
    'duration:>5',
    '-',
    '"',
    'output:',
    'status:failed,',
  ])('%s is waited for', (search) => {
    expect(parseSearch(search, NOW).problems).toEqual([]);
  });

  it('leaves the other terms as they are', () => {
    expect(finds('photos created:>', rowOf())).toBe(true);
    expect(finds('nothing created:>', rowOf())).toBe(false);
  });
});

describe('a search that is finished', () => {
  it.each([
    ['duration:>300', 'duration:>300', '300'],
    ['created:2026-1', 'created:2026-1', '2026-1'],
    ['photos tag:""', 'tag:""', 'Nothing follows tag:'],
    ['photos status:', 'status:', 'Nothing follows status:'],
    ['output:', 'output:', 'Nothing follows output:'],
    ['-', '-', 'nothing in “-”'],
    [' " ', ' " ', 'nothing in “"”'],
  ])('leaves no term out: %s', (search, text, message) => {
    expect(parseSearch(search, NOW).problems).toEqual([]);
    expect(problemOfFinished(search, NOW)).toMatchObject({
      text,
      message: expect.stringContaining(message),
    });
  });

  it.each(['', '  ', 'photos', 'photos & videos', 'status:fai', 'status:failed,', 'output:x'])(
    'is right where nothing is missing: %j',
    (search) => {
      expect(problemOfFinished(search, NOW)).toBeNull();
    },
  );
});

describe('a range whose ends are the wrong way round', () => {
  it.each([
    ['created:1d..30d', 'created:30d..1d'],
    ['created:2026-12..2026-10', 'created:2026-10..2026-12'],
    ['created:today..2026', 'created:2026..today'],
    ['duration:1h..1m', 'duration:1m..1h'],
  ])('%s is %s', (search, turned) => {
    const row = rowOf({ ...sampleJobIn('completed', 0), total_duration_ns: 90e9 });
    expect(finds(turned, row)).toBe(true);
    expect(finds(search, row)).toBe(true);
    const sourcesOf = (text: string) => parseSearch(text, NOW).conditions.map(({ sources }) => sources);
    expect(sourcesOf(search)).toEqual(sourcesOf(turned));
  });
});

describe('a wrong term', () => {
  it.each([
    ['statsu:failed', 'statsu:failed', 'status:failed'],
    ['status:fialed', 'status:fialed', 'status:failed'],
    ['-status:fialed x', '-status:fialed', '-status:failed'],
    ['status:failed,complete,x y', 'status:failed,complete,x', null],
    ['foo:bar', 'foo:bar', '"foo:bar"'],
    ['duration:5m', 'duration:5m', 'duration:>5m'],
    ['duration:long x', 'duration:long', null],
    ['created:2026-13', 'created:2026-13', null],
    ['created:2026-02-30', 'created:2026-02-30', null],
    ['created: x', 'created:', null],
    ['output: x', 'output:', null],
    ['created:yesterdya', 'created:yesterdya', 'created:yesterday'],
    ['-output:x', '-output:x', 'output:x'],
  ])('%s is told, with what may have been meant', (search, text, suggestion) => {
    const { problems } = parseSearch(search, NOW);
    expect(problems).toMatchObject([{ text, suggestion }]);
    const [problem] = problems;
    expect(search.slice(problem?.start, problem?.end)).toBe(text);
  });

  it('finds nothing, rather than what the other terms find', () => {
    expect(finds('photos', rowOf())).toBe(true);
    expect(finds('photos statsu:failed', rowOf())).toBe(false);
  });

  it('says what was expected', () => {
    expect(parseSearch('status:x y').problems[0]?.message).toContain('created, running, completed');
    expect(parseSearch('when:today').problems[0]?.message).toContain('created:');
    expect(parseSearch('created:soon x').problems[0]?.message).toContain('2026-01-31');
  });

  it('whose suggestion is taken is right', () => {
    for (const search of ['statsu:failed', 'duration:5m', 'foo:bar', 'kind:comand', 'has:note_']) {
      const [problem] = parseSearch(search).problems;
      expect(parseSearch(problem?.suggestion ?? '?:').problems).toEqual([]);
    }
  });
});

describe('what is looked for in the output', () => {
  it('is told apart from the rest', () => {
    const search = 'status:failed output:"disk full" photos';
    expect(parseSearch(search).output).toBe('disk full');
    expect(withoutOutput(search)).toBe('status:failed photos');
    expect(parseSearch(withoutOutput(search)).output).toBeNull();
  });

  it.each([
    ['disk full', 'output:"disk full"'],
    ['status:failed -photos oom', 'status:failed -photos output:oom'],
    ['status:failed', null],
    ['output:a b', null],
  ])('%s is asked of the output as %s', (search, expected) => {
    expect(searchInOutput(search)).toBe(expected);
  });

  it('matches no row by itself: only the files can tell', () => {
    expect(finds('output:done', rowOf())).toBe(false);
  });
});
