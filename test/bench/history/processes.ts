/** What processes hold of the machine's memory, and whether they have come to rest. */
import { readFileSync } from 'node:fs';
import { listProcesses, type ProcessEntry } from '../../../src-main/adapters/process/process-list.ts';

/** Of a second, sysconf(_SC_CLK_TCK): 100 on every Linux that Node runs on. */
const TICKS = 100;
const LOOK_EVERY_MS = 500;
const AT_REST = 0.1;

/** Megabytes of those processes that descend from `pid`, itself among them, and are `wanted`. */
export async function residentMb(
  pid: number,
  wanted: (entry: ProcessEntry) => boolean = () => true,
): Promise<number> {
  return (await descendants(pid, wanted)).reduce((sum, entry) => sum + pssMb(entry.pid), 0);
}

/** Waits until they have used less than a tenth of a core for a second: what a database merges is over then. */
export async function atRest(pid: number, wanted: (entry: ProcessEntry) => boolean): Promise<void> {
  let looks = 0;
  for (let before = await cpuSeconds(pid, wanted); looks < 2; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const now = await cpuSeconds(pid, wanted);
    looks = (now - before) / (LOOK_EVERY_MS / 1000) < AT_REST ? looks + 1 : 0;
    before = now;
  }
}

async function cpuSeconds(pid: number, wanted: (entry: ProcessEntry) => boolean): Promise<number> {
  const ticks = (await descendants(pid, wanted)).map((entry) => ticksOf(entry.pid));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
}

async function descendants(
  pid: number,
  wanted: (entry: ProcessEntry) => boolean,
): Promise<readonly ProcessEntry[]> {
  const all = await listProcesses();
  const parents = new Map(all.map((entry) => [entry.pid, entry.parentPid]));
  const descends = (entry: ProcessEntry) => {
    let at: number | undefined = entry.pid;
    while (at !== undefined && at !== pid) at = parents.get(at);
    return at === pid;
  };
  return all.filter((entry) => descends(entry) && wanted(entry));
}

/** What is shared with others counts as a part (proc_pid_smaps(5)); 0 for a process that has ended meanwhile. */
function pssMb(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(ofProcess(pid, 'smaps_rollup'))?.[1];
  return (Number(kib ?? 0) * 1024) / 1e6;
}

/** utime and stime (proc_pid_stat(5)): the 12th and 13th field behind the name, which may have spaces. */
function ticksOf(pid: number): number {
  const stat = ofProcess(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** '' for a process that has ended meanwhile. */
function ofProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
