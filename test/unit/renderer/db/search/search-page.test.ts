import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { JOB_STATUSES, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { trash } from '../../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../../src-renderer/db/database.ts';
import { BLANK, JOB_BUCKETS, type JobRow } from '../../../../../src-renderer/db/job-row.ts';
import { SORT_COLUMNS, type Sort } from '../../../../../src-renderer/db/order.ts';
import { type Cursor, type JobView, jobsPage } from '../../../../../src-renderer/db/queries.ts';
import { matches, parseSearch } from '../../../../../src-renderer/db/search/parse-search.ts';
import { importJobs } from '../../../../fakes/import-jobs.ts';
import { sampleJob, sampleJobIn, seededRandom } from '../../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../../support.ts';

const NAMES = ['Common odd', 'Common even', 'Commonplace', 'Überblick', 'common Über odd'];
const TASKS: readonly JobdeckRequest['task'][] = [
  { kind: 'command', program: 'ls' },
  { kind: 'script', interpreter: 'sh', source: 'echo' },
  { kind: 'http', url: 'http://a.test/' },
  undefined,
];
const COUNT = 1400;
let db: JobdeckDatabase;
let rows: JobRow[];

beforeAll(async () => {
  const random = seededRandom(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const jobs = Array.from({ length: COUNT }, (_, index) => {
    const request: JobdeckRequest = {
      name: index % 500 === 7 ? `Rare needle ${index}` : pick(NAMES),
      tags: random() < 0.5 ? ['photos'] : [],
      queue: random() < 0.8 ? 'default' : 'night',
      notes: random() < 0.1 ? 'a note' : '',
    };
    const job = sampleJobIn(pick(JOB_STATUSES), index, { ...request, task: pick(TASKS) });
    const at = new Date(Date.parse('2026-01-01T00:00:00Z') + Math.floor(random() * 1000) * 3_600_000);
    const isBatch = random() < 0.2;
    return {
      ...job,
      created_at: at.toISOString(),
      // One that can not be.
      completed_at: index === 11 ? '2025-12-01T00:00:00Z' : job.completed_at,
      job_type: isBatch ? ('batch' as const) : job.job_type,
      total_duration_ns: job.total_duration_ns === null ? null : Math.floor(random() * 20) * 1e9,
      callback_url: random() < 0.3 ? 'https://a.test/done' : null,
    };
  });
  db = freshDatabase();
  for (let start = 0; start < COUNT; start += 1000) await importJobs(db, jobs.slice(start, start + 1000));
  await trash(
    db,
    jobs.filter((_, index) => index % 40 === 3).map((job) => job.id),
  );
  rows = await db.jobs.toArray();
}, 60_000);

/** All pages of a view, joined. */
async function read(view: JobView, limit: number): Promise<number[]> {
  const keys: number[] = [];
  let before: Cursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof jobsPage>> = await jobsPage(db, view, { before, limit });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    keys.push(...page.rows.map((row) => row.key));
    before = page.next;
  } while (before !== null);
  return keys;
}

/** The same by looking at every row. */
function expected({ filter, search, sort }: JobView & { sort: Sort }): number[] {
  const tests = (search.match(/(?:[^\s"]|"[^"]*")+/gu) ?? []).map(naiveTest);
  const found = rows.filter(
    (row) =>
      (filter === 'all' ? row.bucket !== 'trash' : row.bucket === filter) &&
      tests.every((matched) => matched(row)),
  );
  return found.sort(naive(sort)).map((row) => row.key);
}

/** Words by the record's own texts; what asks for a field looks at that, and at no index either way. */
function naiveTest(term: string): (row: JobRow) => boolean {
  if (term.includes(':')) {
    const terms = parseSearch(term);
    return (row) => matches(terms, row);
  }
  if (term.startsWith('-')) {
    const test = naiveTest(term.slice(1));
    return (row) => !test(row);
  }
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f]/gu, '')
      .toLowerCase();
  const isWhole = term.startsWith('"');
  const wanted = plain(term.replaceAll('"', ''));
  return ({ job, name }) => {
    const { tags = [], notes = '', error, task } = jobdeckOf(job) ?? {};
    const source = task?.kind === 'command' ? 'ls' : task?.kind === 'script' ? 'echo' : '';
    const texts = [name, source, task?.kind === 'http' ? `GET ${task.url}` : '', ...tags, notes];
    const words = plain([...texts, error?.message ?? '', job.callback_error ?? ''].join(' ')).split(
      /[^a-z0-9]+/u,
    );
    return words.some((word) => (isWhole ? word === wanted : word.startsWith(wanted)));
  };
}

const STATUSES = ['running', 'pending', 'created', 'failed', 'expired', 'cancelled', 'completed'];
const KINDS = ['batch', 'command', 'llm', '', 'http', 'script'];

function naive({ column, direction }: Sort): (one: JobRow, other: JobRow) => number {
  const way = direction === 'asc' ? 1 : -1;
  const newest = (one: JobRow, other: JobRow) => other.createdAtMs - one.createdAtMs || other.key - one.key;
  switch (column) {
    case 'created':
      return (one, other) => way * -newest(one, other);
    case 'name':
      return (one, other) =>
        way *
        ((one.nameKey < other.nameKey ? -1 : one.nameKey > other.nameKey ? 1 : 0) || one.key - other.key);
    case 'status':
      return (one, other) =>
        way * (STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status)) || newest(one, other);
    case 'kind':
      return (one, other) =>
        way * (KINDS.indexOf(one.kindKey) - KINDS.indexOf(other.kindKey)) || newest(one, other);
    default: {
      const numberOf = (row: JobRow) => (column === 'duration' ? row.durationMs : row.endedAtMs);
      return (one, other) => {
        const [a, b] = [numberOf(one), numberOf(other)];
        if (a === BLANK || b === BLANK) return a === b ? other.key - one.key : a === BLANK ? 1 : -1;
        return way * (a - b || one.key - other.key);
      };
    }
  }
}

const SORTS = SORT_COLUMNS.flatMap((column): Sort[] => [
  { column, direction: 'asc' },
  { column, direction: 'desc' },
]);

describe('every order gives every row once, and where it belongs', () => {
  it.each(SORTS)(
    'by $column, $direction',
    async (sort) => {
      for (const filter of ['all', ...JOB_BUCKETS] as const) {
        const view = { filter, search: '', sort };
        expect(await read(view, filter === 'all' ? 700 : 300)).toEqual(expected(view));
      }
    },
    60_000,
  );
});

describe('a search finds what looking at every row finds', () => {
  const TERMS = [
    'common',
    'odd',
    'com',
    'uber',
    'needle',
    '"common"',
    'photos',
    'tag:photos',
    'tag:"photo"',
    'queue:night',
    'queue:def',
    'status:failed,expired',
    'status:comp',
    'kind:command',
    'kind:batch',
    'kind:record',
    'type:batch',
    'callback:due',
    'callback:none',
    'has:notes',
    'has:output',
    'created:>2026-01-20',
    'created:2026-01-10..2026-01-30',
    'completed:>2026-11-01',
    'duration:>5s',
    'duration:<=3s',
    '-odd',
    '-tag:photos',
    '-status:completed',
    'nothing',
    'call',
    'tag',
    '-has',
    'exit',
    'echo',
    '-"common"',
  ];

  it.each([1, 2, 3])(
    'in any list and order (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
      for (let round = 0; round < 15; round += 1) {
        const search = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(TERMS)).join(' ');
        const sort = pick(random() < 0.6 ? SORTS.filter(({ column }) => column === 'created') : SORTS);
        const filter: JobView['filter'] = random() < 0.5 ? 'all' : pick(JOB_BUCKETS);
        const view: JobView & { sort: Sort } = { filter, search, sort };
        expect(await read(view, pick([20, 100, 1000])), JSON.stringify(view)).toEqual(expected(view));
      }
    },
    60_000,
  );

  it('also where a job says it ended before it was made', async () => {
    const view: JobView & { sort: Sort } = {
      filter: 'all',
      search: 'completed:<2026-01-02',
      sort: { column: 'created', direction: 'desc' },
    };
    expect(await read(view, 100)).toEqual(expected(view));
    expect(await read(view, 100)).not.toEqual([]);
  });

  it.each(TERMS)('for %s alone, newest and oldest first', async (search) => {
    for (const direction of ['asc', 'desc'] as const) {
      const view = { filter: 'all', search, sort: { column: 'created', direction } } as const;
      expect(await read(view, 150)).toEqual(expected(view));
    }
  });
});

describe('rows with several entries that begin alike', () => {
  const plain = { task: { kind: 'command', shell: 'x' }, tags: [] } as const satisfies JobdeckRequest;
  const items = { range: { from: 1, to: 2 } };
  const CASES: readonly [string, string, JobdeckRequest, JobdeckRequest][] = [
    ['words', 'pho', { name: 'photo photos' }, { name: 'photoz' }],
    ['tags', 'tag:eu', { tags: ['eu-1', 'eu-2'] }, { tags: ['eu-3'] }],
    ['facts', 'has:notes,items', { notes: 'n', items }, { items }],
  ];

  it.each(CASES)('hide no others: %s', async (_what, search, twice, once) => {
    const jobs = [
      ...Array.from({ length: 250 }, (_, index) => sampleJob(index, { ...plain, ...twice })),
      ...Array.from({ length: 200 }, (_, index) => sampleJob(1000 + index, { ...plain, ...once })),
    ];
    const own = freshDatabase();
    await importJobs(own, jobs);
    expect(await idsOf(own, { search })).toHaveLength(450);
  });
});
