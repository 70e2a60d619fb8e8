/** Ending a whole process tree: TERM, a grace period, KILL, and the names of those that are still there. */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessEntry } from './process-list.ts';
import { processTree, sendSignal, type TreeIdentity } from './process-tree.ts';
import { hasCode } from './system-error.ts';

export type Survivor = Pick<ProcessEntry, 'pid' | 'name'>;

/** How long the system may take to carry out a KILL. A process that waits for a dead disk can take for ever. */
const KILL_WAIT_MS = 5000;
const FIRST_LOOK_MS = 10;
const SLOWEST_LOOK_MS = 250;

export interface EndTreeOptions extends TreeIdentity {
  graceMs: number;
  /** Settles when the process that was started has ended: saves waiting for the next look. */
  leaderEnded?: Promise<unknown>;
}

/**
 * Ends the tree and resolves once it is gone: what traps TERM is killed after `graceMs`, also where its parent
 * has ended long before. Gives what could not be ended, such as another user's processes.
 */
export function endTree(options: EndTreeOptions): Promise<Survivor[]> {
  return process.platform === 'win32' ? endWindowsTree(options) : endPosixTree(options);
}

/** Whom a look at the tree found; `hopeless` where none of them is ours to end. */
interface Look {
  left: readonly Survivor[];
  hopeless?: boolean;
}

async function endPosixTree({ graceMs, leaderEnded, ...identity }: EndTreeOptions): Promise<Survivor[]> {
  const tree = processTree(identity);
  const asked = new Set<number>();

  const askToEnd = async (): Promise<Look> => {
    const left = await tree.members();
    for (const { pid } of left.filter((member) => !asked.has(member.pid))) {
      asked.add(pid);
      // A stopped process answers TERM once it continues.
      if (sendSignal(pid, 'SIGTERM') === 'sent') sendSignal(pid, 'SIGCONT');
    }
    return { left };
  };
  const kill = async (): Promise<Look> => {
    const left = await tree.members();
    // The whole group in one call, so that nothing in it can start another process in between.
    if (identity.pid !== null && left.some((member) => member.groupId === identity.pid)) {
      sendSignal(-identity.pid, 'SIGKILL');
    }
    const answers = left.map(({ pid }) => sendSignal(pid, 'SIGKILL'));
    return { left, hopeless: answers.every((answer) => answer === 'denied') };
  };

  const left = await repeatUntilNone(askToEnd, graceMs, leaderEnded);
  return left.length === 0 ? [] : repeatUntilNone(kill, KILL_WAIT_MS);
}

/** Calls `act` at growing intervals until it finds no one or the time is over; gives whom it found last. */
async function repeatUntilNone(
  act: () => Promise<Look>,
  limitMs: number,
  wake?: Promise<unknown>,
): Promise<Survivor[]> {
  const startedAtMs = performance.now();
  let look = await act();
  for (let waitMs = FIRST_LOOK_MS; look.left.length > 0; waitMs = Math.min(2 * waitMs, SLOWEST_LOOK_MS)) {
    const restMs = limitMs - (performance.now() - startedAtMs);
    if (restMs <= 0 || look.hopeless) break;
    await pause(Math.min(waitMs, restMs), waitMs === FIRST_LOOK_MS ? wake : undefined);
    look = await act();
  }
  return look.left.map(({ pid, name }) => ({ pid, name }));
}

async function pause(milliseconds: number, wake?: Promise<unknown>): Promise<void> {
  const timer = delay(milliseconds);
  await (wake === undefined ? timer : Promise.race([timer, wake]));
}

async function endWindowsTree({ pid, graceMs, leaderEnded }: EndTreeOptions): Promise<Survivor[]> {
  if (pid === null) return [];
  const isThere = async () => ({ left: isAlive(pid) ? [{ pid, name: 'the program' }] : [] });
  await taskkill(['/T', '/PID', String(pid)]);
  if ((await repeatUntilNone(isThere, graceMs, leaderEnded)).length === 0) return [];
  await taskkill(['/T', '/F', '/PID', String(pid)]);
  return repeatUntilNone(isThere, KILL_WAIT_MS);
}

/** taskkill's own verdict is of no use: whether the process is still there is what counts. */
function taskkill(args: string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill.exe', args, { windowsHide: true }, () => resolve());
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
