import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { sampleUuid } from '../../fakes/sample-jobs.ts';
import { run, start } from './command-line.ts';

const ROOT = join(import.meta.dirname, '../../..');

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'jobdeck-cli-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

function job(number: number, request: JobdeckRequest): BatchJob {
  return newJob(request, { now: '2026-11-23T09:00:00.000Z', uuid: () => sampleUuid(number), by: null });
}
const shell = (number: number, line: string, rest: JobdeckRequest = {}) =>
  job(number, { task: { kind: 'command', shell: line, cwd }, ...rest });
const write = (name: string, jobs: BatchJob[]) =>
  writeFile(join(cwd, name), jobs.map((each) => `${JSON.stringify(each)}\n`).join(''));
const parse = (text: string): BatchJob[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Resolves once `name` is in the folder. */
async function appears(name: string): Promise<void> {
  const watcher = watch(cwd);
  try {
    while (!existsSync(join(cwd, name))) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

/** A process that has ended and whose end nobody has asked for yet is not alive. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

describe('the command line', () => {
  it('runs real programs and prints valid records, in the order in which they end', async () => {
    await write('jobs.ndjson', [
      shell(1, 'echo out; echo err >&2; exit 3'),
      job(2, {
        task: { kind: 'script', interpreter: 'sh', source: 'cat; echo "$X"', stdin: 'in ', env: { X: 'x' } },
      }),
    ]);
    const { code, stdout, stderr } = await run(['run', 'jobs.ndjson', '--slots', '1'], { cwd });
    expect(stderr).toContain('2 jobs finished, 1 of them not completed.');
    expect(code).toBe(1);
    const records = parse(stdout);
    expect(records.every(isJob)).toBe(true);
    expect(records).toMatchObject([
      {
        status: 'failed',
        background: true,
        metadata: {
          jobdeck: {
            result: { stdout: 'out\n', stderr: 'err\n', exit_code: 3 },
            error: { code: 'exit-code' },
          },
        },
      },
      {
        status: 'completed',
        stop_reason: 'end_turn',
        metadata: { jobdeck: { result: { stdout: 'in x\n' } } },
      },
    ]);
  });

  it('works from another folder through npm, without building anything', async () => {
    await write('jobs.ndjson', [shell(1, 'echo hi')]);
    const stdout = execFileSync(
      'npm',
      ['run', '-s', '--prefix', ROOT, 'job', '--', 'run', 'jobs.ndjson', '--quiet'],
      {
        cwd,
        encoding: 'utf8',
      },
    );
    expect(parse(stdout)).toMatchObject([{ status: 'completed' }]);
  });

  it('completes every example on a home folder of its own', async () => {
    const folder = join(ROOT, 'resources/examples');
    const examples = readdirSync(folder).map((name) => join(folder, name));
    const { code, stdout, stderr } = await run(['run', ...examples, '--slots', '6'], {
      cwd,
      env: { HOME: cwd },
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(parse(stdout).map(({ status }) => status)).toEqual(examples.map(() => 'completed'));
    expect(parse(stdout).every(isJob)).toBe(true);
  });

  it('calls back and prints what came of it', async () => {
    const called = { ...shell(1, 'true'), callback_url: 'http://127.0.0.1:1/nobody-listens' };
    await write('jobs.ndjson', [called]);
    const { code, stdout } = await run(['run', 'jobs.ndjson', '--quiet'], { cwd });
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject([
      { status: 'completed', callback_status_code: null, callback_error: expect.any(String) },
    ]);
  });

  it('prints every job exactly once over a killed run and its resume', async () => {
    // The fourth waits for a file that the test makes only after the kill.
    const jobs = [1, 2, 3].map((n) => shell(n, `echo ${n}`));
    jobs.push(shell(4, 'touch waiting; while [ ! -e go ]; do sleep 0.05; done', { on_interrupt: 'rerun' }));
    jobs.push(shell(5, 'echo 5'));
    await write('jobs.ndjson', jobs);
    const killed = start(
      ['run', 'jobs.ndjson', '--data', 'data', '--out', 'out', '--slots', '1', '--quiet'],
      { cwd },
    );
    await appears('waiting');
    killed.child.kill('SIGKILL');
    expect((await killed.outcome).signal).toBe('SIGKILL');
    await writeFile(join(cwd, 'go'), '');
    const resumed = await run(['resume', '--data', 'data', '--out', 'out'], { cwd });
    expect(resumed.stderr).toContain('2 jobs of an earlier run are finished too.');
    expect(resumed.code).toBe(0);
    const printed = parse(await readFile(join(cwd, 'out'), 'utf8'));
    expect(printed.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
    expect(printed.every(({ status }) => status === 'completed')).toBe(true);
    const again = await run(['resume', '--data', 'data'], { cwd });
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: 'There was nothing to run.\n' });
  });

  it('marks what a kill interrupted as failed, unless it is to be run again', async () => {
    await write('jobs.ndjson', [shell(1, 'touch waiting; exec sleep 600')]);
    const killed = start(['run', 'jobs.ndjson', '--data', 'data', '--quiet'], { cwd });
    await appears('waiting');
    killed.child.kill('SIGKILL');
    await killed.outcome;
    const { code, stdout } = await run(['resume', '--data', 'data', '--quiet'], { cwd });
    expect(code).toBe(1);
    expect(parse(stdout)).toMatchObject([
      { status: 'failed', metadata: { jobdeck: { error: { code: 'interrupted' } } } },
    ]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'on %s ends what runs with all its processes, and keeps the rest for resume',
    async (signal) => {
      const children = 'sleep 600 & echo $! > child.part; mv child.part child; wait';
      await write('jobs.ndjson', [shell(1, children), shell(2, 'echo 2')]);
      const stopped = start(['run', 'jobs.ndjson', '--data', 'data', '--slots', '1'], {
        cwd,
        ownGroup: true,
      });
      await appears('child');
      const pid = Number(await readFile(join(cwd, 'child'), 'utf8'));
      expect(isAlive(pid)).toBe(true);
      // A keyboard's signal goes to the whole group, the spawn helper included.
      process.kill(signal === 'SIGINT' ? -(stopped.child.pid ?? 0) : (stopped.child.pid ?? 0), signal);
      const { code, stdout, stderr } = await stopped.outcome;
      expect(code).toBe(130);
      expect(isAlive(pid)).toBe(false);
      expect(parse(stdout)).toMatchObject([{ status: 'failed' }]);
      expect(stderr).toContain('1 are left: "resume --data data" runs them.');
      const resumed = await run(['resume', '--data', 'data', '--quiet'], { cwd });
      expect(parse(resumed.stdout)).toMatchObject([{ status: 'completed' }]);
    },
  );

  it('ends quietly when the reader of its output leaves, and leaves nothing running', async () => {
    await write('jobs.ndjson', [
      shell(1, 'echo 1'),
      shell(2, 'echo $$ > pid.part; mv pid.part pid; sleep 600'),
      ...[3, 4, 5].map((n) => shell(n, `echo ${n}`)),
    ]);
    const child = spawn(
      process.execPath,
      [join(ROOT, 'src-main/cli.ts'), 'run', 'jobs.ndjson', '--data', 'data', '--slots', '2', '--quiet'],
      { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
    );
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
    if (existsSync(join(cwd, 'pid'))) {
      expect(isAlive(Number(await readFile(join(cwd, 'pid'), 'utf8')))).toBe(false);
    }
  });

  it('refuses a data directory that another run has open', async () => {
    await write('jobs.ndjson', [shell(1, 'touch waiting; while [ ! -e go ]; do sleep 0.05; done')]);
    const first = start(['run', 'jobs.ndjson', '--data', 'data', '--quiet'], { cwd });
    await appears('waiting');
    const second = await run(['resume', '--data', 'data'], { cwd });
    expect(second).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Another Jobdeck has'),
    });
    await writeFile(join(cwd, 'go'), '');
    expect((await first.outcome).code).toBe(0);
  });

  it('removes the temporary data when it is done', async () => {
    await write('jobs.ndjson', [shell(1, 'echo 1')]);
    const { code } = await run(['run', 'jobs.ndjson', '--quiet'], { cwd, env: { TMPDIR: cwd } });
    expect(code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['jobs.ndjson']);
  });

  it('validates the real documents as they are said to be', async () => {
    const folder = join(ROOT, 'test/fixtures/documents');
    const files = readdirSync(folder);
    const fixtures = await Promise.all(
      files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))),
    );
    const stdin = JSON.stringify(fixtures.map(({ document }) => document));
    const { code, stdout } = await run(['validate', '-'], { cwd, stdin });
    expect(code).toBe(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ valid }) => valid)).toEqual(
      fixtures.map(({ strictly_valid }) => strictly_valid ?? false),
    );
  });
});
