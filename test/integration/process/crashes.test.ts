import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import type { Task } from '#shared/job/tasks.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { createProcessExecutor } from '../../../src-main/adapters/process/process-executor.ts';
import { listProcesses } from '../../../src-main/adapters/process/process-list.ts';
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

/** Two processes that trap TERM, one of them in a session of its own, each of which says one line. */
const stubborn = (mark: string) => {
  const stay = `process.on('SIGTERM', () => {}); console.log('here'); setInterval(() => {}, 1e6); '${mark}'`;
  return nodeTask(`
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stay)}],
      { stdio: 'inherit', detached: true });
    ${stay}`);
};

const bothAreThere = (bench: Bench, jobId: JobId) => until(() => textSoFar(bench, jobId) === 'here\nhere\n');

/** A process with an executor of its own over the bench's directory, leader of its group. */
function startApplication(bench: Bench, jobId: JobId, task: Task) {
  const program = join(import.meta.dirname, 'executor-process.ts');
  const application = spawn(process.execPath, [program, bench.directory, jobId, JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const { pid } = application;
  if (pid === undefined) throw new Error('Expected the application to start.');
  onTestFinished(() => void application.kill('SIGKILL'));
  return { pid, ended: new Promise<void>((resolve) => application.once('exit', () => resolve())) };
}

test('when the helper is killed, what it started is ended and the attempt is interrupted', async () => {
  const bench = openBench();
  const [mark, jobId] = [uniqueMark(), someJobId()];
  const running = bench.run(stubborn(mark), { jobId, killGraceMs: 100 });
  await bothAreThere(bench, jobId);
  bench.helpers[0]?.kill();
  expect(await running).toMatchObject({
    outcome: 'failed',
    error: { code: 'interrupted' },
    result: { exit_code: null, stdout: 'here\nhere\n' },
  });
  expect(processesWith(mark)).toEqual([]);
});

test('after the helper was killed, the next attempt gets a new one', async () => {
  const bench = openBench();
  await bench.run(nodeTask(''));
  bench.helpers[0]?.kill();
  const reports = [];
  // The first may still meet the helper that is about to be gone.
  while (reports.at(-1)?.outcome !== 'completed') reports.push(await bench.run(nodeTask('')));
  expect(reports.slice(0, -1).every((report) => report.error?.code === 'interrupted')).toBe(true);
  expect(bench.helpers).toHaveLength(2);
});

test('when the application is killed, its helper ends what runs and then itself', async () => {
  const bench = openBench();
  const [mark, jobId] = [uniqueMark(), someJobId()];
  const application = startApplication(bench, jobId, stubborn(mark));
  await bothAreThere(bench, jobId);
  expect(processesWith(mark).length).toBeGreaterThanOrEqual(2);
  process.kill(application.pid, 'SIGKILL');
  await application.ended;
  await until(() => processesWith(mark).length === 0);
  await until(() => isGroupEmpty(application.pid));
});

test('when the application and its helper are killed, the next start ends what they left', async () => {
  const bench = openBench();
  const [mark, jobId] = [uniqueMark(), someJobId()];
  const application = startApplication(bench, jobId, stubborn(mark));
  await bothAreThere(bench, jobId);
  process.kill(-application.pid, 'SIGKILL');
  await application.ended;
  await until(() => isGroupEmpty(application.pid));
  expect(processesWith(mark)).toHaveLength(2);

  expect(await bench.executor.reap({ jobId, attempt: 2 })).toEqual({ survivors: [] });
  expect(await openBench().executor.reap({ jobId, attempt: 1 })).toEqual({ survivors: [] });
  expect(processesWith(mark), 'of another attempt, or another data directory').toHaveLength(2);

  expect(await bench.executor.reap({ jobId, attempt: 1 })).toEqual({ survivors: [] });
  expect(processesWith(mark)).toEqual([]);
});

test('reaping an attempt that never was finds nothing', async () => {
  const bench = openBench();
  expect(await bench.executor.reap({ jobId: 'job-12345678/../..' as JobId, attempt: 1 })).toEqual({
    survivors: [],
  });
});

test('a helper that cannot be started fails the attempt as spawn', async () => {
  const bench = openBench();
  const helper = join(bench.directory, 'helper.js');
  writeFileSync(helper, '// Ends at once.');
  const executor = createProcessExecutor({
    outputs: bench.outputs,
    startSpawnHelper: () => startNodeSpawnHelper(helper),
  });
  const report = await executor.run(
    { jobId: someJobId(), attempt: 1, task: nodeTask(''), timeoutMs: null, killGraceMs: 0, redact: [] },
    new AbortController().signal,
  );
  await executor.close();
  expect(report).toMatchObject({ outcome: 'failed', error: { code: 'spawn' } });
});

/** Whether no process of the group runs; one that has ended and that nobody collects does not count. */
async function isGroupEmpty(groupId: number): Promise<boolean> {
  return !(await listProcesses()).some((entry) => entry.groupId === groupId);
}
