import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { NODE, nodeTask, openBench, someJobId, temporaryDirectory, textSoFar } from './harness.ts';

describe('a program that ends by itself', () => {
  test('completes with exit code 0 and both outputs in the result', async () => {
    const report = await openBench().run(nodeTask('console.log("out"); console.error("err")'));
    expect(report).toMatchObject({
      outcome: 'completed',
      result: {
        exit_code: 0,
        signal: null,
        stdout: 'out\n',
        stderr: 'err\n',
        stdout_bytes: 4,
        stderr_bytes: 4,
        truncated: false,
      },
    });
    expect(report.error).toBeUndefined();
    expect(report.ttftNs).toBeGreaterThan(0);
    expect(report.ttftNs).toBeLessThanOrEqual(report.durationNs);
  });

  test('fails with exit-code and names the code', async () => {
    const report = await openBench().run(nodeTask('process.exit(3)'));
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'exit-code', message: 'The program ended with exit code 3.' },
      result: { exit_code: 3, signal: null },
    });
  });

  test('fails with signal and names the signal', async () => {
    const report = await openBench().run(nodeTask('process.kill(process.pid, "SIGKILL")'));
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'signal', message: 'The program was ended by signal SIGKILL.' },
      result: { exit_code: null, signal: 'SIGKILL' },
    });
  });

  test('has no time to first byte when it wrote nothing', async () => {
    expect(await openBench().run(nodeTask(''))).toMatchObject({ outcome: 'completed', ttftNs: null });
  });

  test('has its first byte measured when it comes and not when the program ends', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const go = join(bench.directory, 'go');
    const running = bench.run(
      nodeTask(`
        console.log('first');
        const poll = setInterval(() => require('fs').existsSync(${JSON.stringify(go)}) && clearInterval(poll), 5);`),
      { jobId },
    );
    await vi.waitUntil(() => textSoFar(bench, jobId) === 'first\n', 20_000);
    writeFileSync(go, '');
    const { ttftNs, durationNs } = await running;
    // Not seen before the end, it would be the duration itself.
    expect(ttftNs).toBeLessThan(durationNs);
  });

  test('leaves alone what it started in the background, and does not wait for it', async () => {
    const bench = openBench();
    const report = await bench.run({ kind: 'command', shell: 'sleep 60 & echo $!' });
    const pid = Number(report.result.stdout);
    expect(report.outcome).toBe('completed');
    expect(process.kill(pid, 'SIGKILL')).toBe(true);
  });
});

describe('what a program is given', () => {
  test('stdin is the text of the task, and empty where there is none', async () => {
    const bench = openBench();
    const copy = 'process.stdin.pipe(process.stdout)';
    const text = 'line\nüñí\n'.repeat(20_000);
    const given = await bench.run({ ...nodeTask(copy), stdin: text });
    expect(given.result.stdout_bytes).toBe(Buffer.byteLength(text));
    expect((await bench.run(nodeTask(copy))).result).toMatchObject({ exit_code: 0, stdout_bytes: 0 });
  });

  test('a program that ends without reading its stdin completes', async () => {
    const report = await openBench().run({ ...nodeTask(''), stdin: 'x'.repeat(1_000_000) });
    expect(report.outcome).toBe('completed');
  });

  test("the environment is Jobdeck's own, the task's over it, and the attempt's names", async () => {
    vi.stubEnv('JOBDECK_TEST_INHERITED', 'from above');
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1');
    const bench = openBench();
    const jobId = someJobId();
    const report = await bench.run(
      { ...nodeTask('console.log(JSON.stringify(process.env))'), env: { OWN: 'ä=1' } },
      { jobId, attempt: 2 },
    );
    vi.unstubAllEnvs();
    const environment = JSON.parse(report.result.stdout ?? '');
    expect(environment).toMatchObject({
      JOBDECK_TEST_INHERITED: 'from above',
      OWN: 'ä=1',
      JOBDECK_JOB_ID: jobId,
      JOBDECK_ATTEMPT: '2',
      JOBDECK_ATTEMPT_ID: expect.stringContaining(`${jobId}/2/`),
    });
    expect(Object.keys(environment).filter((name) => /^(ELECTRON|NODE_CHANNEL)/.test(name))).toEqual([]);
  });

  test('the working directory is the home directory unless the task names one', async () => {
    const bench = openBench();
    const where = nodeTask('process.stdout.write(process.cwd())');
    expect((await bench.run(where)).result.stdout).toBe(homedir());
    expect((await bench.run({ ...where, cwd: bench.directory })).result.stdout).toBe(bench.directory);
  });

  test('arguments arrive as they are: nothing is expanded', async () => {
    const args = ['$HOME', '*', 'a b', '"', '', "'", '\\', 'é'];
    const report = await openBench().run(
      nodeTask('console.log(JSON.stringify(process.argv.slice(1)))', ...args),
    );
    expect(JSON.parse(report.result.stdout ?? '')).toEqual(args);
  });

  test('a shell line goes to the shell', async () => {
    const report = await openBench().run({ kind: 'command', shell: 'printf "b\\na\\n" | sort; exit 4' });
    expect(report.result).toMatchObject({ stdout: 'a\nb\n', exit_code: 4 });
  });

  test('the output files and their folder are for their owner alone', async () => {
    const bench = openBench();
    const jobId = someJobId();
    await bench.run({ ...nodeTask('console.log(1)'), stdin: 'secret' }, { jobId });
    const folder = bench.outputs.directoryFor({ jobId, attempt: 1 });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });
});

describe('a script', () => {
  const interpreters: [string, string][] = [
    ['python3', 'import sys\nprint("hello", sys.argv[1:])'],
    ['bash', 'for word in hello; do echo "$word $#"; done'],
    ['perl', 'print "hello\\n";'],
    ['sh', 'echo hello'],
  ];
  for (const [interpreter, source] of interpreters.filter(([name]) => isInstalled(name))) {
    test(`runs with ${interpreter}`, async () => {
      const report = await openBench().run({ kind: 'script', interpreter, source });
      expect(report.result.stdout).toMatch(/^hello/);
      expect(report.outcome).toBe('completed');
    });
  }

  test('of node may be a module or not, whatever package.json is above the data directory', async () => {
    const bench = openBench();
    const run = (source: string) => bench.run({ kind: 'script', interpreter: NODE, source });
    for (const type of ['module', 'commonjs']) {
      writeFileSync(join(bench.directory, 'package.json'), JSON.stringify({ type }));
      expect((await run('console.log(require("fs") ? 1 : 0)')).result.stdout).toBe('1\n');
      expect((await run('import fs from "node:fs"; console.log(fs ? 2 : 0)')).result.stdout).toBe('2\n');
    }
  });

  test('whose interpreter is not on PATH fails with its name and where it was looked for', async () => {
    const report = await openBench().run({ kind: 'script', interpreter: 'no-such-shell', source: '1' });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'spawn' } });
    expect(report.error?.message).toContain(
      'The interpreter "no-such-shell" was not found in any folder of PATH (',
    );
  });
});

describe('a program that cannot be started', () => {
  const message = async (task: Parameters<ReturnType<typeof openBench>['run']>[0]) => {
    const report = await openBench().run(task);
    expect(report).toMatchObject({ outcome: 'failed', ttftNs: null, error: { code: 'spawn' } });
    return report.error?.message;
  };

  test('because it is not on PATH', async () => {
    expect(await message({ kind: 'command', program: 'no-such-program' })).toMatch(
      /^The program "no-such-program" was not found in any folder of PATH \(.+\)\. Install it, or give its whole path\.$/,
    );
  });

  test("because it is not on the task's own PATH", async () => {
    expect(await message({ kind: 'command', program: 'true', env: { PATH: '/nowhere' } })).toContain(
      '(/nowhere)',
    );
  });

  test('because there is no such file', async () => {
    expect(await message({ kind: 'command', program: './tool', cwd: '/' })).toBe(
      'The program "/tool" does not exist. Check the path.',
    );
  });

  test('because it is not executable', async () => {
    const file = join(temporaryDirectory(), 'tool');
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o600);
    expect(await message({ kind: 'command', program: file })).toContain('may not be executed');
  });

  test('because the interpreter of its first line is not there', async () => {
    const file = join(temporaryDirectory(), 'tool');
    writeFileSync(file, '#!/no/such/interpreter\n', { mode: 0o700 });
    expect(await message({ kind: 'command', program: file })).toContain(
      'the interpreter that its first line names',
    );
  });

  test('because its working directory does not exist, or is a file', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    expect(await message({ kind: 'command', program: 'true', cwd: '/no/such' })).toBe(
      'The working directory "/no/such" does not exist. Make it, or change the task\'s cwd.',
    );
    expect(await message({ kind: 'command', program: 'true', cwd: file })).toContain('is not a directory');
  });

  test('because its arguments are longer than the system allows', async () => {
    expect(await message({ kind: 'command', program: 'true', args: ['x'.repeat(4_000_000)] })).toContain(
      'longer than this system allows',
    );
  });

  test('because an argument holds what no argument can', async () => {
    expect(await message({ kind: 'command', program: 'true', args: ['a\0b'] })).toContain(
      'could not be started',
    );
  });

  test('because its output folder cannot be made', async () => {
    const bench = openBench();
    writeFileSync(join(bench.directory, 'output'), 'a file where the folder should be');
    const report = await bench.run({ kind: 'command', program: 'true' });
    expect(report.error).toMatchObject({ code: 'spawn' });
    expect(report.error?.message).toContain('could not be made');
  });

  test('because its output file cannot be made', async () => {
    const bench = openBench();
    const jobId = someJobId();
    mkdirSync(join(bench.outputs.directoryFor({ jobId, attempt: 1 }), 'stdout'), { recursive: true });
    const report = await bench.run({ kind: 'command', program: 'true' }, { jobId });
    expect(report.error?.message).toContain('The output files could not be made');
  });

  test('because its kind is not one for this executor', async () => {
    const report = await openBench().run({ kind: 'http', url: 'http://127.0.0.1/' });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'invalid-task' } });
  });
});

test('an id that climbs out of its folder runs, and writes inside the data directory alone', async () => {
  const bench = openBench();
  const ids = [
    'job-12345678/../../../../escaped',
    'job-12345678\0',
    'run-12345678\\..\\..\\x',
    'job-12345678 ü',
  ];
  for (const id of ids) {
    const jobId = id as JobId;
    const report = await bench.run(nodeTask('console.log("in")'), { jobId });
    expect(report.result.stdout).toBe('in\n');
    const chunk = await bench.outputs.read({ jobId, attempt: 1, stream: 'stdout', offset: 0, maxBytes: 9 });
    expect(Buffer.from(chunk.bytes).toString()).toBe('in\n');
  }
  expect(readdirSync(bench.directory)).toEqual(['output']);
});

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
