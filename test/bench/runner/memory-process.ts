/**
 * Reads items from a file, runs them as programs for a while and cancels the rest, or runs all of them as requests;
 * then prints the largest resident sizes. Usage: memory-process.ts FILE MILLISECONDS|ORIGIN
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { listProcesses } from '../../../src-main/adapters/process/process-list.ts';
import { job, openOwnRunner } from './own-runner.ts';

const [file = '', runs = ''] = process.argv.slice(2);
const runsMs = Number(runs);
const runsAll = Number.isNaN(runsMs);
const own = await openOwnRunner(2);
const [helper] = (await listProcesses()).filter(({ parentPid }) => parentPid === process.pid);
const helperPid = helper?.pid ?? 0;
const idleMb = residentMb('self') + residentMb(helperPid);

const batch = job({
  task: runsAll
    ? { kind: 'http', url: `${runs}{{item.path}}` }
    : { kind: 'command', program: '/bin/true', args: ['{{item.path}}'] },
  items: { file, format: 'jsonl' },
  concurrency: 4,
});
await own.runner.submit([batch]);
if (!runsAll) {
  while (!(own.runner.progress([batch.id])[0]?.batch?.isLoaded ?? false)) await wait(50);
  await wait(runsMs);
  await own.runner.cancel([batch.id]);
}
await own.runner.idle();
const { completed, failed } = own.items.counts(batch.id);
const sizes = { runnerMb: peakMb('self'), helperMb: peakMb(helperPid), idleMb, ended: completed + failed };
await own.close();
process.stdout.write(`${JSON.stringify(sizes)}\n`);

function residentMb(pid: number | 'self'): number {
  return statusMb(pid, 'VmRSS');
}

/** The largest that it ever was (proc_pid_status(5)). */
function peakMb(pid: number | 'self'): number {
  return statusMb(pid, 'VmHWM');
}

function statusMb(pid: number | 'self', field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kib = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return (Number(kib) * 1024) / 1e6;
}
