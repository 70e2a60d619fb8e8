import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { BATCH_JOB_KEYS, type BatchJob } from '#shared/job/batch-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import type { CliBench } from '../../fakes/cli-bench.ts';
import { answeredWith } from '../../fakes/fake-callback-sender.ts';
import { emptyDisk } from '../../fakes/memory-journal.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';
import { bench, cwd, ids, read, write, writeJobs } from './support.ts';

describe('run', () => {
  it('prints each finished job as a whole, valid record on a line of its own, and exits 0', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJobIn('pending', 1));
    write('b.json', JSON.stringify([sampleJob(2)], null, 2));
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson', 'b.json')).toBe(0);
    expect(ids(cli.lines())).toEqual([0, 1, 2].map((n) => sampleJob(n).id));
    for (const line of cli.lines()) {
      expect(isJob(line)).toBe(true);
      expect(Object.keys(line)).toEqual([...BATCH_JOB_KEYS]);
      expect(line.status).toBe('completed');
    }
    expect(cli.stderr()).toContain('3 jobs finished, all completed.');
  });

  it('lets a job wait for one that comes a thousand jobs later', async () => {
    const last = sampleJob(1001);
    const jobs = Array.from({ length: 1001 }, (_, n) => sampleJob(n, n === 0 ? { after: [last.id] } : {}));
    writeJobs('many.ndjson', ...jobs, last);
    const cli = bench();
    expect(await cli.run('run', 'many.ndjson')).toBe(0);
    expect(cli.lines()).toHaveLength(1002);
  });

  it('says which job was refused and why, also where all else is to be quiet', async () => {
    const nobody = sampleJob(9).id;
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1, { after: [nobody] }));
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson', '--quiet')).toBe(1);
    expect(ids(cli.lines())).toEqual([sampleJob(0).id]);
    expect(cli.stderr()).toContain(`Could not run ${sampleJob(1).id}: `);
    expect(cli.stderr()).toContain(nobody);
  });

  it('exits 1 where a job did not complete, and still prints it', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1, { task: undefined }));
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson')).toBe(1);
    expect(
      cli
        .lines()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['completed', 'failed']);
    expect(cli.stderr()).toContain('2 jobs finished, 1 of them not completed.');
  });

  it('runs nothing where one document is wrong, and names file, line, path and what was expected', async () => {
    writeJobs('a.ndjson', sampleJob(0), { ...sampleJob(1), status: 'runing' });
    write('b.json', '{"id": "job-00000000",}');
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson', 'b.json')).toBe(2);
    expect(cli.opened).toEqual([]);
    expect(cli.stdout()).toBe('');
    expect(cli.stderr().split('\n')).toEqual([
      expect.stringMatching(
        /^a\.ndjson:2: \/status: Expected one of "created".* got "runing"\. Did you mean "running"\?$/u,
      ),
      'b.json:1: Expected another value after the comma, got "}": JSON has no trailing comma. (line 1, column 23)',
      'Nothing was run.',
      '',
    ]);
  });

  it('does not repair, but says where a repair would do', async () => {
    writeJobs('a.json', { ...sampleJob(0), user_id: 'u' });
    const cli = bench();
    expect(await cli.run('run', 'a.json')).toBe(2);
    expect(cli.stderr()).toContain('a.json:1: /user_id: Expected only properties that the schema knows');
    expect(cli.stderr()).toContain('can be repaired: "validate" lists how');
  });

  it('refuses an id that is there twice, in whichever files', async () => {
    writeJobs('a.json', sampleJob(0));
    writeJobs('b.ndjson', sampleJob(1), sampleJob(0));
    const cli = bench();
    expect(await cli.run('run', 'a.json', 'b.ndjson')).toBe(2);
    expect(cli.stderr()).toContain(
      `b.ndjson:2: /id: Expected each id once, got "${sampleJob(0).id}" again (first at a.json:1).`,
    );
  });

  it('reads documents from standard input', async () => {
    const cli = bench({ stdin: JSON.stringify(sampleJob(0)) });
    expect(await cli.run('run', '-')).toBe(0);
    expect(ids(cli.lines())).toEqual([sampleJob(0).id]);
  });

  it('gives a document without id and time both', async () => {
    const cli = bench({ stdin: JSON.stringify({ metadata: sampleJob(0).metadata }) });
    expect(await cli.run('run', '-')).toBe(0);
    expect(isJob(cli.lines()[0])).toBe(true);
  });

  it('passes over what has ended already, with a note', async () => {
    const over = sampleJobIn('completed', 1);
    writeJobs('a.ndjson', sampleJob(0), over);
    const cli = bench();
    expect(await cli.run('run', 'a.ndjson')).toBe(0);
    expect(ids(cli.lines())).toEqual([sampleJob(0).id]);
    expect(cli.stderr()).toContain(`Skipped ${over.id} (completed)`);
  });

  it('exits 0 where there is nothing to run, and says so', async () => {
    const cli = bench({ stdin: '[]' });
    expect(await cli.run('run', '-')).toBe(0);
    expect(cli.stderr()).toBe('There was nothing to run.\n');
  });

  it.each([
    [['run', 'none.json'], 'Expected a file at'],
    [['run', '.'], 'Expected a file, got the folder'],
    [['run', 'a.json', '--fast'], "Unknown option '--fast'"],
    [['run', 'a.json', '--out', './a.json'], 'Expected --out to be another file than the others'],
    [['run', 'a.json', '--out', 'b', '--results', './b'], 'Expected --results to be another file'],
  ])('exits 2 for %j and runs nothing', async (argv, message) => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench();
    expect(await cli.run(...argv)).toBe(2);
    expect(cli.stderr()).toContain(message);
    expect(cli.opened).toEqual([]);
    expect(read('a.json')).not.toBe('');
  });

  it('writes to a file instead, replacing what it held', async () => {
    writeJobs('a.json', sampleJob(0));
    write('out.ndjson', 'old\n');
    const cli = bench();
    expect(await cli.run('run', 'a.json', '--out', 'out.ndjson')).toBe(0);
    expect(cli.stdout()).toBe('');
    expect(JSON.parse(read('out.ndjson')).id).toBe(sampleJob(0).id);
  });

  it('keeps the data where it was told to, and else nowhere', async () => {
    writeJobs('a.json', sampleJob(0));
    const kept = bench();
    await kept.run('run', 'a.json', '--data', 'data', '--slots', '3');
    expect(kept.opened).toMatchObject([{ dataDirectory: join(cwd, 'data'), slots: 3, version: '9.9.9' }]);
    expect(existsSync(join(cwd, 'data'))).toBe(true);
    const gone = bench();
    await gone.run('run', 'a.json');
    expect(gone.closed).toBe(1);
    expect(existsSync(gone.opened[0]?.dataDirectory ?? '')).toBe(false);
  });

  it('keeps ended jobs to look at, and passes over those that a file has again', async () => {
    const disk = emptyDisk();
    writeJobs('a.json', sampleJob(0));
    const first = bench({ disk });
    await first.run('run', 'a.json', '--data', 'data');
    expect(first.opened).toMatchObject([{ keepsEnded: true }]);
    // The journal in memory drops what was acknowledged: as if the first run had been killed before that.
    disk.jobs.set(sampleJob(0).id, {
      ordinal: 1,
      seq: 1,
      position: 1,
      callback: 'none',
      job: sampleJobIn('failed', 0),
    });
    const again = bench({ disk });
    expect(await again.run('run', 'a.json', '--data', 'data')).toBe(0);
    expect(again.stdout()).toBe('');
    expect(again.stderr()).toContain(`Skipped ${sampleJob(0).id}: it has ended here already (failed).`);
  });

  it('gives the workspace the secrets of the options and of the file, and shows them nowhere', async () => {
    writeJobs('a.json', sampleJob(0));
    writeFileSync(join(cwd, 'secrets'), 'KEY=from-file\nOTHER=other-secret\n', { mode: 0o600 });
    const cli = bench();
    expect(await cli.run('run', 'a.json', '--secret', 'KEY=hunter22', '--secrets-file', 'secrets')).toBe(0);
    expect(cli.opened).toMatchObject([
      {
        givenSecrets: new Map([
          ['KEY', 'hunter22'],
          ['OTHER', 'other-secret'],
        ]),
      },
    ]);
    expect(cli.stdout() + cli.stderr()).not.toMatch(/hunter22|other-secret|from-file/u);
  });

  it.runIf(process.platform !== 'win32')('takes no secrets from a file that others can read', async () => {
    writeJobs('a.json', sampleJob(0));
    writeFileSync(join(cwd, 'secrets'), 'KEY=hunter22\n', { mode: 0o644 });
    const cli = bench();
    expect(await cli.run('run', 'a.json', '--secrets-file', 'secrets')).toBe(2);
    expect(cli.stderr()).toContain('can be read by others');
    expect(cli.stderr()).not.toContain('hunter22');
    expect(cli.opened).toEqual([]);
  });

  it('refuses a model profile that is none, and says where', async () => {
    writeJobs('a.json', sampleJob(0));
    write('profile.json', JSON.stringify([{ id: 'agent-1', name: 'Mine' }]));
    const cli = bench();
    expect(await cli.run('run', 'a.json', '--profile', 'profile.json')).toBe(2);
    expect(cli.stderr()).toMatch(/profile\.json: \/0\S*: Expected/u);
    expect(cli.opened).toEqual([]);
  });

  it('writes each item of a batch to the results file before it prints the document', async () => {
    const batch = sampleJob(0, { items: { range: { from: 1, to: 3 } } });
    writeJobs('a.json', batch);
    const base = { attempts: 1, duration_ns: 1, ttft_ns: null, result: null, error: null } as const;
    const item = (index: number) => ({ index, item: index + 1, status: 'completed', ...base }) as const;
    const cli: CliBench = bench({
      itemDisk: new Map([[batch.id, { isLoaded: true, items: new Map() }]]),
      prepare({ runner, batches }) {
        batches.isAutomatic = false;
        runner.onEvents((events) => {
          if (!events.some(({ type }) => type === 'started')) return;
          cli.endItem(batch.id, item(2));
          // In the store alone, as after a kill.
          cli.items.disk.get(batch.id)?.items.set(0, item(0));
          setImmediate(() => batches.runOf(batch.id).end());
        });
      },
    });
    expect(await cli.run('run', 'a.json', '--results', 'results.ndjson')).toBe(0);
    const lines = read('results.ndjson').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [2, 0].map((index) => ({ job_id: batch.id, ...item(index) })),
    );
    expect(ids(cli.lines())).toEqual([batch.id]);
  });

  it('says nothing but errors when it is to be quiet', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ stderrIsTerminal: true });
    expect(await cli.run('run', 'a.json', '--quiet')).toBe(0);
    expect(cli.stderr()).toBe('');
  });

  it('says once what keeps it from starting jobs', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({
      prepare({ runner }) {
        runner.hold('disk-full', 'The disk is full: make room.');
        runner.onEvents(() => setImmediate(() => runner.hold('disk-full', null)));
      },
    });
    expect(await cli.run('run', 'a.json')).toBe(0);
    expect(cli.stderr().match(/Waiting: The disk is full: make room\.\n/gu)).toHaveLength(1);
  });

  it('draws a bar on a terminal and clears it before it ends', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ stderrIsTerminal: true });
    await cli.run('run', 'a.json');
    expect(cli.stderr()).toContain('[------------------------------] 0 of 1 done');
    expect(cli.stderr()).toContain('\r\u001b[2K1 job finished, all completed.\n');
  });

  it('prints a job with a callback only after the callback was tried, with what came of it', async () => {
    const posts: (() => void)[] = [];
    const called: BatchJob = { ...sampleJob(0), callback_url: 'http://127.0.0.1/' };
    writeJobs('a.ndjson', called, sampleJob(1));
    const cli = bench({
      prepare({ sender, runner }) {
        sender.automatic = null;
        runner.onEvents((events) => {
          // The second job has ended: now the callback of the first is answered.
          if (events.some(({ type, jobId }) => type === 'ended' && jobId === sampleJob(1).id)) {
            for (const post of sender.posts) posts.push(() => post.answer(answeredWith(503)));
            for (const post of posts) post();
          }
        });
      },
    });
    expect(await cli.run('run', 'a.ndjson')).toBe(0);
    expect(cli.lines().map(({ id, callback_status_code }) => [id, callback_status_code])).toEqual([
      [sampleJob(1).id, null],
      [called.id, 503],
    ]);
  });

  it('exits 2 with the sentence where another has the data directory open', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ openError: new AppError('data-in-use', 'Another Jobdeck has it open.') });
    expect(await cli.run('run', 'a.json', '--data', 'data')).toBe(2);
    expect(cli.stderr()).toBe(
      'Another Jobdeck has it open. Or hand it the jobs: "add FILE... --data data".\n',
    );
  });
});
