import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { attemptMarker } from '../../../src-main/adapters/process/attempt-marker.ts';
import { nodeTask, openBench, processesWith, someJobId, uniqueMark, until } from './harness.ts';

test('items of one job have their own output, which leaves no file where the report holds it', async () => {
  const bench = openBench();
  const jobId = someJobId();
  const reports = await Promise.all(
    [0, 1, 1000].map((item) =>
      bench.run({ kind: 'script', interpreter: 'sh', source: `echo item ${item}` }, { jobId, item }),
    ),
  );
  expect(reports.map((report) => report.result.stdout)).toEqual(['item 0\n', 'item 1\n', 'item 1000\n']);
  const items = join(bench.outputs.directoryFor({ jobId, attempt: 1 }), '..', 'items');
  expect(readdirSync(items, { recursive: true }).sort()).toEqual(['0', '1']);
});

test('an item whose program is not there leaves no file', async () => {
  const bench = openBench();
  const key = { jobId: someJobId(), attempt: 1, item: 7 };
  const report = await bench.run({ kind: 'command', program: 'no-such-program' }, key);
  expect(report.error?.code).toBe('spawn');
  expect(existsSync(bench.outputs.directoryFor(key))).toBe(false);
});

test('an item that wrote more than the report holds keeps its files', async () => {
  const bench = openBench();
  const key = { jobId: someJobId(), attempt: 1, item: 7 };
  const report = await bench.run(nodeTask('process.stdout.write("x".repeat(10000))'), key);
  expect(report.result).toMatchObject({ stdout_bytes: 10_000, truncated: true });
  const chunk = await bench.outputs.read({ ...key, stream: 'stdout', offset: 5000, maxBytes: 3 });
  expect(Buffer.from(chunk.bytes).toString()).toBe('xxx');
});

test('an item with a limit whose cut output fits the report leaves no file either', async () => {
  const bench = openBench();
  const key = { jobId: someJobId(), attempt: 1, item: 7 };
  const report = await bench.run(nodeTask('process.stdout.write("x".repeat(10000))'), {
    ...key,
    maxOutputBytes: 1024,
  });
  expect(report.result).toMatchObject({ stdout_bytes: 10_000, stdout_cut_bytes: 8976, truncated: true });
  expect(report.result.stdout).toContain('8976 bytes cut by max_output_bytes');
  expect(existsSync(bench.outputs.directoryFor(key))).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'what a killed application left of an item is ended, and of no other item',
  async () => {
    const bench = openBench();
    const jobId = someJobId();
    const marks = [uniqueMark(), uniqueMark()];
    const stay = (mark: string) => `process.stdout.write('here'); setInterval(() => {}, 1e6); '${mark}'`;
    // As if the application that started them were gone: processes with the markers of the two attempts.
    for (const [item, mark] of marks.entries()) {
      const marker = attemptMarker(bench.outputs.directoryFor({ jobId, attempt: 1, item }));
      const left = spawn(process.execPath, ['-e', stay(mark)], {
        env: { JOBDECK_ATTEMPT_ID: marker },
        stdio: 'ignore',
        detached: true,
      });
      onTestFinished(() => void left.kill('SIGKILL'));
    }
    const [first = '', second = ''] = marks;
    await until(() => processesWith(first).length === 1 && processesWith(second).length === 1);
    expect(await bench.executor.reap({ jobId, attempt: 1, item: 0 })).toEqual({ survivors: [] });
    expect([processesWith(first).length, processesWith(second).length]).toEqual([0, 1]);
  },
);
