import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { saveJob } from '../../../../src-renderer/db/commands.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../support.ts';

const TRACEBACK =
  'The command ended with 1: Traceback (most recent call last): File "reconcile.py", line 88, in main: for row in source.read(batch): psycopg.OperationalError: connection to server at "db" (10.0.0.4), port 5432 failed: Connection refused. Is the server running on that host and accepting TCP/IP connections?';

/** A job as it is left by an ordinary failure, with metadata of its owner. */
function failed(request: JobdeckRequest, message: string): BatchJob {
  const job = sampleJobIn('failed', 1, request);
  const jobdeck = { version: 1 as const, ...jobdeckOf(job), error: { code: 'exit-code' as const, message } };
  return { ...job, metadata: { jobdeck, customer: { name: 'Globex' }, ticket: 'OPS-9931' } };
}

/** Which of these searches find the one job that there is. */
async function finding(job: BatchJob, searches: readonly string[]): Promise<string[]> {
  const db = freshDatabase();
  await saveJob(db, job, { origin: 'author' });
  const found: string[] = [];
  for (const search of searches) if ((await idsOf(db, { search })).length > 0) found.push(search);
  return found;
}

describe('the words that a search finds', () => {
  it('are all of an ordinary failure: no field pushes another one out', async () => {
    const shell = 'python3 reconcile.py --source postgres://db/orders --target s3://ledger/2026 --retries 5';
    const name = 'Reconcile orders with the ledger';
    const job = failed(
      { name, tags: ['finance', 'orders'], notes: 'ask Zoë', task: { kind: 'command', shell } },
      TRACEBACK,
    );
    const words = ['ledger', 'postgres', 'traceback', 'refused', 'accepting', 'zoe', 'globex', '9931'];
    expect(await finding(job, words)).toEqual(words);
    const without = words.map((word) => `-${word}`);
    expect(await finding(job, without)).toEqual([]);
  });

  it('are some of each field where there are very many, and what is left out by a word is exact', async () => {
    const many = (what: string) => Array.from({ length: 300 }, (_, index) => `${what}${index}`).join(' ');
    const job = {
      ...failed({ name: 'Nightly', notes: many('note'), tags: ['eu'] }, many('error')),
      callback_error: many('callback'),
    };
    const searches = ['nightly', 'error0', 'error19', 'callback0', 'note0', 'note15', 'globex', 'ops', 'eu'];
    expect(await finding(job, searches)).toEqual(searches);
    expect(await finding(job, ['-globex', '-note299', '-error299', '-"note299"', '-callback299'])).toEqual(
      [],
    );
    expect(await finding(job, ['-nothing', '-"note29"', '-note300', '-"erro"'])).toEqual([
      '-nothing',
      '-note300',
      '-"erro"',
    ]);
  });

  it('are some of each text of the metadata', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `prompt${index}`).join(' ');
    const job = {
      ...sampleJob(1),
      metadata: { prompt: long, deep: { er: [{ est: 'Ångström' }] }, year: 2031 },
    };
    expect(await finding(job, ['prompt0', 'angstrom', '2031', 'prompt399', '-prompt399'])).toEqual([
      ...['prompt0', 'angstrom', '2031'],
    ]);
  });

  it('are not the names of terms', async () => {
    const job = { ...sampleJob(1, { name: 'x', tags: ['a'], notes: 'b' }), callback_url: 'https://a.test/' };
    expect(await finding(job, ['tag', 'has', 'callback', 'cut'])).toEqual([]);
    expect(await finding(job, ['-tag', '-has', '-callback'])).toEqual(['-tag', '-has', '-callback']);
  });
});

it('words in quotes are found together, and left out together, wherever they stand', async () => {
  const short = sampleJob(1, { name: 'Full backup of the disk' });
  const searches = ['"disk full"', '"full backup"', '"backup full"', '-"disk full"', '-"full backup"'];
  expect(await finding(short, searches)).toEqual(['"full backup"', '-"disk full"']);
  const numbers = Array.from({ length: 300 }, (_, index) => `${index}`).join(' ');
  const long = sampleJob(1, { name: 'A', notes: `${numbers} disk full` });
  expect(await finding(long, ['-"disk full"', '-"298 299 disk full"', '-"full disk"'])).toEqual([
    '-"full disk"',
  ]);
});

it('a fact is found however many a job has', async () => {
  const tags = Array.from({ length: 150 }, (_, index) => `tag ${index}`);
  const job = sampleJob(1, { tags, notes: 'n', queue: 'night' });
  const searches = ['tag:"tag 149"', 'has:notes', 'queue:night'];
  expect(await finding(job, searches)).toEqual(searches);
});
