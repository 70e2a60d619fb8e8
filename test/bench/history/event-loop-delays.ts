/**
 * How late the event loop of a process is. On a machine that others use as well a loop is late for want of a core, too:
 * what its own thread worked meanwhile, by the system's count, says how much of that is its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication } from 'playwright/test';

export interface LoopDelays {
  /** Milliseconds between two turns, at most. */
  longest: number;
  /** Milliseconds of CPU time of its thread between two turns, at most. */
  mostWork: number;
}

type Watching = typeof globalThis & { loopDelays?: LoopDelays };

/** Has a process watch itself. Runs there: it knows nothing of this module. */
function watch(): void {
  const delays: LoopDelays = { longest: 0, mostWork: 0 };
  let at = performance.now();
  let cpu = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(cpu);
    const now = performance.now();
    delays.longest = Math.max(delays.longest, now - at);
    delays.mostWork = Math.max(delays.mostWork, (user + system) / 1000);
    at = now;
    cpu = process.threadCpuUsage();
  };
  setInterval(look, 5);
  (globalThis as Watching).loopDelays = delays;
}

/** @returns what ends with the delays so far */
export async function watchMain(electron: ElectronApplication): Promise<() => Promise<LoopDelays>> {
  await electron.evaluate(watch);
  return () => electron.evaluate(() => (globalThis as Watching).loopDelays as LoopDelays);
}

/** The same of a process that does nothing else. */
export function watchIdle(): () => Promise<LoopDelays> {
  const idle = fork(import.meta.filename, [], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  return async () => {
    idle.send('delays');
    const [delays] = await once(idle, 'message');
    idle.kill();
    return delays as LoopDelays;
  };
}

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  watch();
  // Where the benchmark fails on its way, nobody asks any more.
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.((globalThis as Watching).loopDelays));
}
