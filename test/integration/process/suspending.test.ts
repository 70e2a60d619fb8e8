import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import type { AttemptKey } from '../../../src-main/core/ports.ts';
import {
  type Bench,
  nodeTask,
  openBench,
  processesWith,
  someJobId,
  textSoFar,
  uniqueMark,
  until,
} from './harness.ts';

/** Two processes that count, one of them in a session of its own. */
const counting = (mark: string) => {
  const count = `process.stdout.write('here\\n'); setInterval(() => {}, 1); '${mark}'`;
  return nodeTask(`
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(count)}],
      { stdio: 'inherit', detached: true });
    ${count}`);
};

const areThere = (bench: Bench, jobId: JobId, text: string) => until(() => textSoFar(bench, jobId) === text);

async function suspended(bench: Bench, key: AttemptKey): Promise<void> {
  expect(await bench.executor.suspend(key)).toBe(true);
}

/** The system's letters for what they do: T is stopped. */
const statesOf = (mark: string) =>
  processesWith(mark).map(
    (pid) => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })[0],
  );

describe.runIf(process.platform !== 'win32')('a suspended attempt', () => {
  test('stands still with its whole tree, and goes on with it', async () => {
    const bench = openBench();
    const [mark, key] = [uniqueMark(), { jobId: someJobId(), attempt: 1 }];
    const abort = new AbortController();
    const running = bench.run(counting(mark), { ...key, signal: abort.signal });
    await areThere(bench, key.jobId, 'here\nhere\n');
    await suspended(bench, key);
    expect(statesOf(mark)).toEqual(['T', 'T']);
    expect(await bench.executor.resume(key)).toBe(true);
    expect(statesOf(mark)).not.toContain('T');
    abort.abort();
    expect((await running).outcome).toBe('cancelled');
  });

  test('may be asked for before its process is there', async () => {
    const bench = openBench();
    const [mark, key] = [uniqueMark(), { jobId: someJobId(), attempt: 1 }];
    const abort = new AbortController();
    const running = bench.run(counting(mark), { ...key, signal: abort.signal });
    await suspended(bench, key);
    await until(() => statesOf(mark).length > 0);
    expect(new Set(statesOf(mark))).toEqual(new Set(['T']));
    abort.abort();
    expect((await running).outcome).toBe('cancelled');
    expect(await bench.executor.suspend(key)).toBe(false);
  });

  test('is ended by a cancel, with TERM and not by KILL', async () => {
    const bench = openBench();
    const [mark, key] = [uniqueMark(), { jobId: someJobId(), attempt: 1 }];
    const abort = new AbortController();
    const running = bench.run(counting(mark), { ...key, signal: abort.signal, killGraceMs: 2 ** 40 });
    await areThere(bench, key.jobId, 'here\nhere\n');
    await suspended(bench, key);
    abort.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', result: { signal: 'SIGTERM' } });
    expect(processesWith(mark)).toEqual([]);
  });

  test('uses up none of its time limit, while another one with the same limit runs out of its', async () => {
    const bench = openBench();
    const key = { jobId: someJobId(), attempt: 1 };
    const go = join(bench.directory, 'go');
    const shell = `echo here; until [ -e '${go}' ]; do sleep 0.01; done`;
    const running = bench.run({ kind: 'command', shell }, { ...key, timeoutMs: 4000 });
    await areThere(bench, key.jobId, 'here\n');
    await suspended(bench, key);
    const other = await bench.run({ kind: 'command', shell }, { timeoutMs: 4000 });
    expect(other.error?.code).toBe('timeout');
    writeFileSync(go, '');
    await bench.executor.resume(key);
    expect((await running).error).toBeUndefined();
  });
});

test('what is not there, has ended or is another attempt can neither be suspended nor go on', async () => {
  const bench = openBench();
  const key = { jobId: someJobId(), attempt: 1 };
  const report = await bench.run(nodeTask(''), key);
  expect(report.outcome).toBe('completed');
  for (const other of [key, { ...key, attempt: 2 }, { ...key, item: 0 }]) {
    expect(await bench.executor.suspend(other)).toBe(false);
    expect(await bench.executor.resume(other)).toBe(false);
  }
});
