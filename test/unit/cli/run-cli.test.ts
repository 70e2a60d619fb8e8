import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { BATCH_JOB_KEYS, type BatchJob } from '#shared/job/batch-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { type CliBench, type CliBenchOptions, createCliBench } from '../../fakes/cli-bench.ts';
import type { FakeRun } from '../../fakes/fake-executor.ts';
import { emptyDisk } from '../../fakes/memory-journal.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'jobdeck-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const bench = (options: Partial<CliBenchOptions> = {}) => createCliBench({ cwd, ...options });
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const writeJobs = (name: string, ...jobs: unknown[]) =>
  write(name, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
const ids = (lines: Record<string, unknown>[]) => lines.map(({ id }) => id);
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

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
        sender.isAutomatic = false;
        runner.onEvents((events) => {
          // The second job has ended: now the callback of the first is answered.
          if (events.some(({ type, jobId }) => type === 'ended' && jobId === sampleJob(1).id)) {
            for (const post of sender.posts) posts.push(() => post.answer({ statusCode: 503 }));
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

describe('a run that is stopped', () => {
  /** Does what `then` says when a job was started, and by then nothing ends by itself. */
  const whenStarted = (
    then: (cli: CliBench, run: FakeRun) => void,
    options: Partial<CliBenchOptions> = {},
  ) => {
    const cli = bench({
      ...options,
      prepare({ executor }) {
        executor.isAutomatic = false;
        const run = executor.run;
        executor.run = (spec, signal) => {
          const report = run(spec, signal);
          then(cli, executor.runOf(spec.jobId));
          return report;
        };
      },
    });
    return cli;
  };

  it('by SIGINT lets what runs end, keeps the rest for resume, and exits 130', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1), sampleJob(2));
    const cli = whenStarted((self, run) => {
      self.signal('SIGINT');
      run.end();
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ id: sampleJob(0).id, status: 'completed' }]);
    expect(cli.stderr()).toContain('Finishing what runs; press Ctrl-C again to cancel it.\n');
    expect(cli.stderr()).toContain(
      '1 job finished, all completed. 2 are left: "resume --data data" runs them.',
    );
    expect(cli.closed).toBe(1);

    const resumed = bench({ disk: cli.disk });
    expect(await resumed.run('resume', '--data', 'data')).toBe(0);
    expect(ids(resumed.lines())).toEqual([sampleJob(1).id, sampleJob(2).id]);
    expect(resumed.stderr()).toContain('2 jobs of an earlier run are finished too.');
  });

  it('by a second SIGINT cancels what runs, and still keeps the rest for resume', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => {
      self.signal('SIGINT');
      self.signal('SIGINT');
      self.signal('SIGINT');
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ id: sampleJob(0).id, status: 'cancelled' }]);
    expect(cli.stderr().match(/Cancelling what runs/gu)).toHaveLength(1);
    expect(cli.stderr()).toContain('1 is left: "resume --data data" runs it.');
    const resumed = bench({ disk: cli.disk });
    expect(await resumed.run('resume', '--data', 'data')).toBe(0);
    expect(resumed.lines()).toMatchObject([{ id: sampleJob(1).id, status: 'completed' }]);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('by %s ends what runs as an interruption', async (signal) => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => self.signal(signal));
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([
      { id: sampleJob(0).id, status: 'failed', metadata: { jobdeck: { error: { code: 'interrupted' } } } },
    ]);
    expect(cli.stderr()).toContain('1 is left: "resume --data data" runs it.');
  });

  it('by SIGTERM after SIGINT does not wait for what runs', async () => {
    writeJobs('a.ndjson', sampleJob(0));
    const cli = whenStarted((self) => {
      self.signal('SIGINT');
      self.signal('SIGTERM');
    });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data')).toBe(130);
    expect(cli.lines()).toMatchObject([{ metadata: { jobdeck: { error: { code: 'interrupted' } } } }]);
  });

  it('says that nothing is kept where no data directory was given', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = whenStarted((self) => self.signal('SIGTERM'));
    expect(await cli.run('run', 'a.ndjson')).toBe(130);
    expect(cli.stderr()).toContain('1 was not run; use --data DIR to be able to resume.');
  });

  it('counts a job once that an earlier run left and a file has, too', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1), sampleJob(2));
    const cli = whenStarted((self) => self.signal('SIGTERM'));
    await cli.run('run', 'a.ndjson', '--data', 'data');
    const again = bench({ disk: cli.disk, stderrIsTerminal: true });
    writeJobs('b.ndjson', sampleJob(1), sampleJob(2));
    expect(await again.run('run', 'b.ndjson', '--data', 'data')).toBe(0);
    expect(ids(again.lines())).toEqual([sampleJob(1).id, sampleJob(2).id]);
    expect(again.stderr()).toContain('0 of 2 done');
    expect(again.stderr()).not.toContain('of 4 done');
  });

  it.runIf(process.platform === 'linux')(
    'exits 1 with the reason where the file can no longer be written',
    async () => {
      writeJobs('a.json', sampleJob(0));
      const cli = bench();
      expect(await cli.run('run', 'a.json', '--out', '/dev/full', '--quiet')).toBe(1);
      expect(cli.stderr()).toBe(
        'Expected to be able to write /dev/full, got: ENOSPC: no space left on device, write\n',
      );
      expect(cli.closed).toBe(1);
    },
  );

  it('ends quietly when the reader of its output goes away, and delivers to the next what was not taken', async () => {
    writeJobs('a.ndjson', ...[0, 1, 2].map((n) => sampleJob(n)));
    const cli = bench({ readerLeavesAfter: 0 });
    expect(await cli.run('run', 'a.ndjson', '--data', 'data', '--quiet')).toBe(141);
    expect(cli.stderr()).toBe('');
    expect(cli.closed).toBe(1);
    const resumed = bench({ disk: cli.disk });
    await resumed.run('resume', '--data', 'data');
    const printed = [...ids(cli.lines()), ...ids(resumed.lines())];
    expect(printed.sort()).toEqual([0, 1, 2].map((n) => sampleJob(n).id).sort());
  });
});

describe('resume', () => {
  it('prints nothing again that was delivered, and says that there was nothing to do', async () => {
    const disk = emptyDisk();
    writeJobs('a.json', sampleJob(0));
    await bench({ disk }).run('run', 'a.json', '--data', 'data');
    const cli = bench({ disk });
    expect(await cli.run('resume', '--data', 'data')).toBe(0);
    expect(cli.stdout()).toBe('');
    expect(cli.stderr()).toBe('There was nothing to run.\n');
  });

  it('adds to the file of the run, without the half line that a kill left', async () => {
    const disk = emptyDisk();
    writeJobs('a.json', sampleJob(0));
    await bench({ disk }).run('run', 'a.json', '--data', 'data', '--out', 'out');
    write('out', `${read('out')}{"id":"job-torn`);
    writeJobs('b.json', sampleJob(1));
    // A job that was submitted and never run, as a kill would leave it.
    const stopped = bench({
      disk,
      prepare({ runner }) {
        runner.onEvents(() => stopped.signal('SIGTERM'));
      },
    });
    await stopped.run('run', 'b.json', '--data', 'data', '--out', 'other');
    await bench({ disk }).run('resume', '--data', 'data', '--out', 'out');
    const printed = [...read('out').split('\n'), ...read('other').split('\n')].filter((line) => line !== '');
    expect(printed.map((line) => JSON.parse(line).id).sort()).toEqual(
      [sampleJob(0).id, sampleJob(1).id].sort(),
    );
  });

  it('adds no line twice that a killed run wrote and did not acknowledge', async () => {
    const disk = emptyDisk();
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const killed = bench({
      disk,
      prepare({ runner }) {
        runner.outbox.acknowledge = () => {};
      },
    });
    await killed.run('run', 'a.ndjson', '--data', 'data', '--out', 'out');
    const before = read('out');
    expect(await bench({ disk }).run('resume', '--data', 'data', '--out', 'out')).toBe(0);
    expect(read('out')).toBe(before);
    const elsewhere = bench({ disk });
    await elsewhere.run('resume', '--data', 'data');
    expect(elsewhere.stdout()).toBe('');
  });

  it('exits 2 where there is no earlier run, and makes no folder', async () => {
    const cli = bench();
    expect(await cli.run('resume', '--data', 'none')).toBe(2);
    expect(cli.stderr()).toContain('Expected the data directory of an earlier run at');
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });
});

describe('validate', () => {
  it('prints a line for each document, the unreadable ones included, and exits 1', async () => {
    writeJobs('a.ndjson', sampleJob(0), { ...sampleJob(1), user_id: 'u' });
    write('b.json', '\n{"id":}');
    const cli = bench();
    expect(await cli.run('validate', 'a.ndjson', 'b.json')).toBe(1);
    expect(cli.lines()).toEqual([
      { file: 'a.ndjson', line: 1, index: 0, id: sampleJob(0).id, valid: true, errors: [], repairs: [] },
      {
        file: 'a.ndjson',
        line: 2,
        index: 1,
        id: sampleJob(1).id,
        valid: false,
        errors: [{ path: '/user_id', message: expect.any(String) }],
        repairs: [{ path: '/user_id', message: expect.any(String) }],
      },
      {
        file: 'b.json',
        line: 2,
        index: 0,
        id: null,
        valid: false,
        errors: [{ path: '', message: 'Expected a value, got "}". (line 2, column 7)' }],
        repairs: [],
      },
    ]);
    expect(Object.keys(cli.lines()[0] ?? {})).toEqual([
      'file',
      'line',
      'index',
      'id',
      'valid',
      'errors',
      'repairs',
    ]);
  });

  it('exits 0 where all are valid, 2 where a file is missing', async () => {
    writeJobs('a.json', sampleJob(0));
    const cli = bench({ stdin: JSON.stringify(sampleJob(1)) });
    expect(await cli.run('validate', 'a.json', '-')).toBe(0);
    expect(cli.lines().map(({ file }) => file)).toEqual(['a.json', '-']);
    const missing = bench();
    expect(await missing.run('validate', 'a.json', 'none.json')).toBe(2);
    expect(missing.stdout()).toBe('');
  });

  it('ends quietly when its reader goes away', async () => {
    writeJobs('a.ndjson', sampleJob(0), sampleJob(1));
    const cli = bench({ readerLeavesAfter: 1 });
    expect(await cli.run('validate', 'a.ndjson')).toBe(141);
    expect(cli.stderr()).toBe('');
  });
});

describe('a command on a data directory', () => {
  it.each([
    [['list']],
    [['show', 'a']],
    [['log', 'a']],
    [['cancel', 'a']],
    [['suspend', 'a']],
    [['continue', 'a']],
    [['queue']],
    [['queue', '--pause']],
    [['retry-failed', 'a']],
  ])('exits 2 for %j where there is none, and makes none', async (argv) => {
    const cli = bench();
    expect(await cli.run(...argv, '--data', 'none')).toBe(2);
    expect(cli.stderr()).toContain('Expected the data directory of an earlier run at');
    expect(cli.opened).toEqual([]);
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });
});

describe('the other commands', () => {
  it('print the schema, that of metadata.jobdeck, the help and the version', async () => {
    for (const [argv, expected] of [
      [['schema'], '"$id": "urn:jobdeck:schema:batch-job"'],
      [['schema', '--metadata'], '"$id": "urn:jobdeck:schema:jobdeck-metadata:1"'],
      [['help'], 'Usage: jobdeck COMMAND'],
      [['help', 'run'], 'Usage: jobdeck run FILE...'],
      [['log', '--help'], 'Usage: jobdeck log ID'],
      [['--version'], '9.9.9'],
    ] as const) {
      const cli = bench();
      expect(await cli.run(...argv)).toBe(0);
      expect(cli.stdout()).toContain(expected);
    }
  });

  it('that are none exit 2 and point to the help', async () => {
    const cli = bench();
    expect(await cli.run('fly')).toBe(2);
    expect(cli.stderr()).toContain('got "fly".\n"help" says what is expected.');
    const topic = bench();
    expect(await topic.run('help', 'fly')).toBe(2);
    expect(topic.stderr()).toContain('Expected the name of a command, got "fly".');
  });
});
