import { readFileSync } from 'node:fs';

/**
 * True while the process runs. One that has ended and that its new parent has not collected yet is not alive: a
 * container's first process often never does.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    // The state follows the name, which is in parentheses and may hold anything: proc(5).
    return !/^\d+ \(.*\) Z /su.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false; // ESRCH or ENOENT: there is no such process
  }
}
