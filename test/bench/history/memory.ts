/** What processes hold of the machine's memory. */
import { readFileSync } from 'node:fs';
import { listProcesses, type ProcessEntry } from '../../../src-main/adapters/process/process-list.ts';

/** Megabytes of those processes that descend from `pid`, itself among them, and are `wanted`. */
export async function residentMb(
  pid: number,
  wanted: (entry: ProcessEntry) => boolean = () => true,
): Promise<number> {
  const all = await listProcesses();
  const parents = new Map(all.map((entry) => [entry.pid, entry.parentPid]));
  const descends = (entry: ProcessEntry) => {
    let at: number | undefined = entry.pid;
    while (at !== undefined && at !== pid) at = parents.get(at);
    return at === pid;
  };
  return all
    .filter((entry) => descends(entry) && wanted(entry))
    .reduce((sum, entry) => sum + pssMb(entry.pid), 0);
}

/** What is shared with others counts as a part (proc_pid_smaps(5)); 0 for a process that has ended meanwhile. */
function pssMb(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return (Number(kib ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
