import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { aJob, type Folder, isAlive, makeFolder, parseLines } from './harness.ts';

const ROOT = join(import.meta.dirname, '../../..');

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});

describe('the command line', () => {
  it('runs real programs and prints valid records, in the order in which they end', async () => {
    folder.writeJobs('jobs.ndjson', [
      folder.shell(1, 'echo out; echo err >&2; exit 3'),
      aJob(2, {
        task: { kind: 'script', interpreter: 'sh', source: 'cat; echo "$X"', stdin: 'in ', env: { X: 'x' } },
      }),
    ]);
    const { code, stdout, stderr } = await folder.run(['run', 'jobs.ndjson', '--slots', '1']);
    expect(stderr).toContain('2 jobs finished, 1 of them not completed.');
    expect(code).toBe(1);
    const records = parseLines<BatchJob>(stdout);
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
    folder.writeJobs('jobs.ndjson', [folder.shell(1, 'echo hi')]);
    const stdout = execFileSync(
      'npm',
      ['run', '-s', '--prefix', ROOT, 'job', '--', 'run', 'jobs.ndjson', '--quiet'],
      { cwd: folder.cwd, encoding: 'utf8' },
    );
    expect(parseLines<BatchJob>(stdout)).toMatchObject([{ status: 'completed' }]);
  });

  it('completes every example on a home folder of its own', async () => {
    const directory = join(ROOT, 'resources/examples');
    const examples = readdirSync(directory).map((name) => join(directory, name));
    const { code, stdout, stderr } = await folder.run(['run', ...examples, '--slots', '6'], {
      env: { HOME: folder.cwd },
    });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(parseLines<BatchJob>(stdout).map(({ status }) => status)).toEqual(examples.map(() => 'completed'));
    expect(parseLines<BatchJob>(stdout).every(isJob)).toBe(true);
  });

  it('calls back and prints what came of it', async () => {
    const called = { ...folder.shell(1, 'true'), callback_url: 'http://127.0.0.1:1/nobody-listens' };
    folder.writeJobs('jobs.ndjson', [called]);
    const { code, stdout } = await folder.run(['run', 'jobs.ndjson', '--quiet']);
    expect(code).toBe(0);
    expect(parseLines<BatchJob>(stdout)).toMatchObject([
      { status: 'completed', callback_status_code: null, callback_error: expect.any(String) },
    ]);
  });

  it('prints every job exactly once over a killed run and its resume', async () => {
    // The fourth waits for a file that the test makes only after the kill.
    const jobs = [1, 2, 3].map((n) => folder.shell(n, `echo ${n}`));
    jobs.push(
      folder.shell(4, 'touch waiting; while [ ! -e go ]; do sleep 0.05; done', { on_interrupt: 'rerun' }),
    );
    jobs.push(folder.shell(5, 'echo 5'));
    folder.writeJobs('jobs.ndjson', jobs);
    const killed = folder.start([
      'run',
      'jobs.ndjson',
      '--data',
      'data',
      '--out',
      'out',
      '--slots',
      '1',
      '--quiet',
    ]);
    await folder.appears('waiting');
    killed.child.kill('SIGKILL');
    expect((await killed.outcome).signal).toBe('SIGKILL');
    folder.write('go', '');
    const resumed = await folder.run(['resume', '--data', 'data', '--out', 'out', '--slots', '1']);
    expect(resumed.stderr).toContain('2 jobs of an earlier run are finished too.');
    expect(resumed.code).toBe(0);
    const printed = folder.lines<BatchJob>('out');
    expect(printed.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
    expect(printed.every(({ status }) => status === 'completed')).toBe(true);
    const again = await folder.run(['resume', '--data', 'data']);
    expect(again).toMatchObject({ code: 0, stdout: '', stderr: 'There was nothing to run.\n' });
  });

  it('marks what a kill interrupted as failed, unless it is to be run again', async () => {
    folder.writeJobs('jobs.ndjson', [folder.shell(1, 'touch waiting; exec sleep 600')]);
    const killed = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--quiet']);
    await folder.appears('waiting');
    killed.child.kill('SIGKILL');
    await killed.outcome;
    const { code, stdout } = await folder.run(['resume', '--data', 'data', '--quiet']);
    expect(code).toBe(1);
    expect(parseLines<BatchJob>(stdout)).toMatchObject([
      { status: 'failed', metadata: { jobdeck: { error: { code: 'interrupted' } } } },
    ]);
  });

  it('ends quietly when the reader of its output leaves, and leaves nothing running', async () => {
    folder.writeJobs('jobs.ndjson', [
      folder.shell(1, 'echo 1'),
      folder.shell(2, 'echo $$ > pid.part; mv pid.part pid; sleep 600'),
      ...[3, 4, 5].map((n) => folder.shell(n, `echo ${n}`)),
    ]);
    const child = spawn(
      process.execPath,
      [join(ROOT, 'src-main/cli.ts'), 'run', 'jobs.ndjson', '--data', 'data', '--slots', '2', '--quiet'],
      { cwd: folder.cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
    );
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
    if (existsSync(folder.path('pid'))) {
      expect(isAlive(Number(folder.read('pid')))).toBe(false);
    }
  });

  it('refuses a data directory that another run has open', async () => {
    folder.writeJobs('jobs.ndjson', [
      folder.shell(1, 'touch waiting; while [ ! -e go ]; do sleep 0.05; done'),
    ]);
    const first = folder.start(['run', 'jobs.ndjson', '--data', 'data', '--quiet']);
    await folder.appears('waiting');
    const second = await folder.run(['resume', '--data', 'data']);
    expect(second).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Another Jobdeck has'),
    });
    folder.write('go', '');
    expect((await first.outcome).code).toBe(0);
  });

  it('removes the temporary data when it is done', async () => {
    folder.writeJobs('jobs.ndjson', [folder.shell(1, 'echo 1')]);
    const { code } = await folder.run(['run', 'jobs.ndjson', '--quiet'], { env: { TMPDIR: folder.cwd } });
    expect(code).toBe(0);
    expect(readdirSync(folder.cwd)).toEqual(['jobs.ndjson']);
  });

  it('validates the real documents as they are said to be', async () => {
    const directory = join(ROOT, 'test/fixtures/documents');
    const files = readdirSync(directory);
    const fixtures = await Promise.all(
      files.map(async (name) => JSON.parse(await readFile(join(directory, name), 'utf8'))),
    );
    // Each alone: they are of different places, and some have the same id.
    const outcomes = await Promise.all(
      fixtures.map(({ document }) =>
        folder.run(['validate', '-', '--json'], { stdin: JSON.stringify(document) }),
      ),
    );
    const strictlyValid = fixtures.map(({ strictly_valid }) => strictly_valid ?? false);
    expect(outcomes.map(({ stdout }) => JSON.parse(stdout).valid)).toEqual(strictlyValid);
    expect(outcomes.map(({ code }) => code)).toEqual(strictlyValid.map((isValid) => (isValid ? 0 : 1)));
  });
});
