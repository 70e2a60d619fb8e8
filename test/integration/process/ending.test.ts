import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nodeTask, openBench, processesWith, someJobId, textSoFar, uniqueMark, until } from './harness.ts';

/** A program that is recognised by its command line, says its pid, and stays. */
const stay = (mark: string, before = '') =>
  `${before}; console.log(process.pid); setInterval(() => {}, 1e6); '${mark}'`;
const TRAP = `process.on('SIGTERM', () => console.log('trapped'))`;

/** Only /proc shows the marker of one that has left group, session and parent behind. */
const WITH_ORPHAN = process.platform === 'linux';
const TREE_SIZE = WITH_ORPHAN ? 4 : 3;

/** Starts, itself staying too: one child that traps TERM, one in a session of its own, one whose parent has ended. */
const tree = (mark: string) => `
  const { spawn } = require('node:child_process');
  const start = (source, options) => spawn(process.execPath, ['-e', source], { stdio: 'inherit', ...options });
  start(${JSON.stringify(stay(mark, TRAP))});
  start(${JSON.stringify(stay(mark))}, { detached: true });
  if (${WITH_ORPHAN}) start(${JSON.stringify(`
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay(mark, TRAP))}],
      { stdio: 'inherit', detached: true }).unref(); '${mark}'`)});
  ${stay(mark)}`;

describe('cancelling', () => {
  test('ends the whole tree: who traps TERM, who left the group, whose parent has ended', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const jobId = someJobId();
    const abort = new AbortController();
    const running = bench.run(nodeTask(tree(mark)), { jobId, signal: abort.signal, killGraceMs: 300 });
    await until(() => textSoFar(bench, jobId).split('\n').length === TREE_SIZE + 1);
    await until(() => processesWith(mark).length === TREE_SIZE);
    abort.abort();
    const report = await running;
    expect(processesWith(mark)).toEqual([]);
    expect(report).toMatchObject({ outcome: 'cancelled', result: { signal: 'SIGTERM', exit_code: null } });
    expect(report.error).toBeUndefined();
    expect(report.result.text).toBeUndefined();
    expect(report.result.stdout).toContain('trapped');
  });

  test('ends a descendant that has neither the group nor the environment any more', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const jobId = someJobId();
    const abort = new AbortController();
    const source = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay(mark))}],
        { stdio: 'inherit', detached: true, env: {} });
      setInterval(() => {}, 1e6);`;
    const running = bench.run(nodeTask(source), { jobId, signal: abort.signal });
    await until(() => textSoFar(bench, jobId).includes('\n'));
    abort.abort();
    await running;
    expect(processesWith(mark)).toEqual([]);
  });

  test('kills what outlives the program that was started', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const jobId = someJobId();
    const abort = new AbortController();
    const source = `
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay(mark, TRAP))}],
        { stdio: 'inherit' });
      process.on('SIGTERM', () => process.exit(0));`;
    const running = bench.run(nodeTask(source), { jobId, signal: abort.signal, killGraceMs: 200 });
    await until(() => textSoFar(bench, jobId).includes('\n'));
    abort.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', result: { exit_code: 0 } });
    expect(processesWith(mark)).toEqual([]);
  });

  test('ends a program that is stopped', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const abort = new AbortController();
    const running = bench.run(
      { kind: 'command', shell: 'trap "echo bye; exit 0" TERM; echo here; kill -STOP $$; sleep 60' },
      { jobId, signal: abort.signal },
    );
    await until(() => textSoFar(bench, jobId) === 'here\n');
    abort.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', result: { stdout: 'here\nbye\n' } });
  });

  test('lets a program that ends on TERM keep its whole grace', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const abort = new AbortController();
    const go = join(bench.directory, 'go');
    const running = bench.run(
      nodeTask(`
        process.on('SIGTERM', () => {
          console.log('asked');
          setInterval(() => require('node:fs').existsSync(${JSON.stringify(go)}) && process.exit(7), 5);
        });
        console.log('here'); setInterval(() => {}, 1e6)`),
      { jobId, signal: abort.signal, killGraceMs: 2 ** 40 },
    );
    await until(() => textSoFar(bench, jobId) === 'here\n');
    abort.abort();
    await until(() => textSoFar(bench, jobId) === 'here\nasked\n');
    writeFileSync(go, '');
    expect(await running).toMatchObject({ outcome: 'cancelled', result: { exit_code: 7, signal: null } });
  });

  test('before the start starts nothing', async () => {
    const bench = openBench();
    const report = await bench.run(nodeTask('console.log(1)'), { signal: AbortSignal.abort() });
    expect(report).toEqual({ outcome: 'cancelled', durationNs: 0, ttftNs: null, result: {} });
    expect(bench.helpers).toEqual([]);
  });

  test('at any moment of the start leaves no process', async () => {
    const bench = openBench();
    const mark = uniqueMark();
    const reports = await Promise.all(
      Array.from({ length: 20 }, async (_, turns) => {
        const abort = new AbortController();
        const running = bench.run(nodeTask(stay(mark)), { signal: abort.signal });
        for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        abort.abort();
        return running;
      }),
    );
    expect(new Set(reports.map((report) => report.outcome))).toEqual(new Set(['cancelled']));
    expect(processesWith(mark)).toEqual([]);
  });

  test('one attempt leaves the others running', async () => {
    const bench = openBench();
    const abort = new AbortController();
    const [jobId, otherId] = [someJobId(), someJobId()];
    const go = join(bench.directory, 'go');
    const cancelled = bench.run(nodeTask(stay(uniqueMark())), { jobId, signal: abort.signal });
    const other = bench.run(
      nodeTask(`console.log('here'); const timer = setInterval(() =>
        require('node:fs').existsSync(${JSON.stringify(go)}) && clearInterval(timer), 5)`),
      { jobId: otherId },
    );
    await until(() => textSoFar(bench, jobId) !== '' && textSoFar(bench, otherId) !== '');
    abort.abort();
    expect((await cancelled).outcome).toBe('cancelled');
    writeFileSync(go, '');
    expect((await other).outcome).toBe('completed');
  });
});

describe('what may not be ended', () => {
  /** As the system answers for the processes of another user. */
  function denySignals() {
    vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    onTestFinished(() => void vi.restoreAllMocks());
  }

  test('is named in the result of a cancelled attempt', async () => {
    const bench = openBench();
    const jobId = someJobId();
    const abort = new AbortController();
    const running = bench.run(nodeTask(stay(uniqueMark())), { jobId, signal: abort.signal, killGraceMs: 0 });
    const pid = Number(await until(() => textSoFar(bench, jobId)));
    denySignals();
    abort.abort();
    const { outcome, result } = await running;
    expect(outcome).toBe('cancelled');
    expect(result.text).toMatch(
      new RegExp(`^Process ${pid} \\(.+\\) could not be ended and is still there\\.$`),
    );
    expect(result).toMatchObject({ exit_code: null, signal: null });
  });

  test('is named in the error of an attempt that ran out of time', async () => {
    const bench = openBench();
    const task = nodeTask(stay(uniqueMark()));
    denySignals();
    const { error } = await bench.run(task, { timeoutMs: 1, killGraceMs: 0 });
    expect(error?.code).toBe('timeout');
    expect(error?.message).toMatch(/limit of 1 millisecond and was ended\. Process \d+ \(.+\) could not/);
  });
});

describe('the time limit', () => {
  test('ends the whole tree and says what the limit was', async () => {
    const mark = uniqueMark();
    const report = await openBench().run(nodeTask(tree(mark)), { timeoutMs: 1500, killGraceMs: 100 });
    expect(report).toMatchObject({
      outcome: 'failed',
      error: {
        code: 'timeout',
        message: 'The program ran longer than its limit of 1 second and 500 milliseconds and was ended.',
      },
    });
    expect(processesWith(mark)).toEqual([]);
  });

  test('of more than 2^31-1 milliseconds does not fire at once', async () => {
    const report = await openBench().run(nodeTask(''), { timeoutMs: 2 ** 31 });
    expect(report.outcome).toBe('completed');
  });
});

test('closing ends what still runs', async () => {
  const bench = openBench();
  const jobId = someJobId();
  const mark = uniqueMark();
  const running = bench.run(nodeTask(stay(mark)), { jobId });
  await until(() => textSoFar(bench, jobId) !== '');
  await bench.executor.close();
  expect(processesWith(mark)).toEqual([]);
  expect((await running).outcome).toBe('failed');
  expect((await bench.run(nodeTask(''))).error).toMatchObject({ code: 'interrupted' });
  expect(bench.helpers).toHaveLength(1);
});
