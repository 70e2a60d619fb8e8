import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listProcesses } from '../../../src-main/adapters/process/process-list.ts';
import { nodeTask, openBench, someJobId } from './harness.ts';

const MIB = 1024 * 1024;

test('200 MB of interleaved output reach the files whole, and no memory of ours grows with them', async () => {
  const bench = openBench();
  const jobId = someJobId();
  await bench.run(nodeTask(''));
  const [helper] = await ownHelpers();
  const rssBefore = process.memoryUsage().rss + residentBytes(helper);
  const report = await bench.run(
    {
      kind: 'command',
      shell: `
        yes 0123456789abcde | head -c ${100 * MIB} &
        yes 0123456789abcde | head -c ${100 * MIB} >&2 &
        wait`,
    },
    { jobId },
  );
  const rssAfter = process.memoryUsage().rss + residentBytes(helper);
  expect(report).toMatchObject({
    outcome: 'completed',
    result: { stdout_bytes: 100 * MIB, stderr_bytes: 100 * MIB, truncated: true },
  });
  expect(statSync(join(bench.outputs.directoryFor({ jobId, attempt: 1 }), 'stdout')).size).toBe(100 * MIB);
  expect(report.result.stdout).toContain(`\n[... ${100 * MIB - 8192} bytes left out ...]\n`);
  // Both together are about 200 MB: the output itself would double them.
  expect(rssAfter / rssBefore).toBeLessThan(1.3);
});

test('200 programs, 8 at a time, each have their own end and output', async () => {
  const bench = openBench();
  const numbers = Array.from({ length: 200 }, (_, number) => number);
  const results = new Map<number, unknown>();
  const queue = [...numbers];
  const worker = async () => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      const { result } = await bench.run({ kind: 'command', shell: `echo ${number}; exit ${number % 3}` });
      results.set(number, [result.stdout, result.exit_code]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  for (const number of numbers) expect(results.get(number)).toEqual([`${number}\n`, number % 3]);
  expect(bench.helpers).toHaveLength(1);
});

async function ownHelpers(): Promise<number[]> {
  const entries = await listProcesses();
  return entries.filter((entry) => entry.parentPid === process.pid).map((entry) => entry.pid);
}

function residentBytes(pid = 0): number {
  if (process.platform === 'linux') {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return pages * 4096;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}
