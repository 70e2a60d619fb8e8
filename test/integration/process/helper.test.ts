import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { listProcesses } from '../../../src-main/adapters/process/process-list.ts';
import { nodeTask, openBench, someJobId, textSoFar, until } from './harness.ts';

const helperPid = async () => {
  const own = (await listProcesses()).filter((entry) => entry.parentPid === process.pid);
  expect(own).toHaveLength(1);
  return own[0]?.pid ?? 0;
};

const UNTIL_TERM = `process.on('SIGTERM', () => process.exit(9)); console.log('here'); setInterval(() => {}, 1e6)`;

test('the helper serves Electron as a utility process', async () => {
  const bench = openBench(() => startNodeSpawnHelper(join(import.meta.dirname, 'utility-process.ts')));
  expect(await bench.run(nodeTask('console.log("out")'))).toMatchObject({
    outcome: 'completed',
    result: { stdout: 'out\n' },
  });
});

test("Ctrl-C in the terminal leaves the helper, and what it runs, to the application's decision", async () => {
  const bench = openBench();
  const jobId = someJobId();
  const abort = new AbortController();
  const running = bench.run(nodeTask(UNTIL_TERM), { jobId, signal: abort.signal });
  await until(() => textSoFar(bench, jobId));
  process.kill(await helperPid(), 'SIGINT');
  expect((await bench.run(nodeTask(''))).outcome).toBe('completed');
  abort.abort();
  expect((await running).outcome).toBe('cancelled');
  expect(bench.helpers).toHaveLength(1);
});

test('a helper that is asked to end by the system ends what it runs before', async () => {
  const bench = openBench();
  const jobId = someJobId();
  const running = bench.run(nodeTask(UNTIL_TERM), { jobId });
  await until(() => textSoFar(bench, jobId));
  process.kill(await helperPid(), 'SIGTERM');
  expect((await running).result.exit_code).toBe(9);
});

test('a helper that says what no helper says is replaced, and its attempts are interrupted', async () => {
  const bench = openBench(() => {
    const port = startNodeSpawnHelper();
    const sayNonsense = {
      onMessage: (listener: (message: unknown) => void) =>
        port.onMessage((message) => {
          listener(message);
          listener({ type: 'nonsense' });
        }),
    };
    return bench.helpers.length === 0 ? { ...port, ...sayNonsense } : port;
  });
  expect((await bench.run(nodeTask(''))).error?.code).toBe('interrupted');
  expect((await bench.run(nodeTask(''))).outcome).toBe('completed');
});
