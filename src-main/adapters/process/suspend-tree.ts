/** Stopping a whole process tree where it is, and letting it go on. */
import { processTree, sendSignal, type TreeIdentity } from './process-tree.ts';

/** On Windows there are no such signals. */
export const CAN_SUSPEND = process.platform !== 'win32';

/** A tree that grows faster than it can be stopped is looked at so many times. */
const MOST_LOOKS = 10;

/**
 * Stops every process of the tree. False where none is left that could be stopped.
 * @param isWanted asked before each round: once the tree is being ended nothing of it may be stopped any more
 */
export async function suspendTree(
  identity: TreeIdentity & { pid: number },
  isWanted: () => boolean,
): Promise<boolean> {
  const tree = processTree(identity);
  // The whole group in one call: none of it sees the others stop. What left the group follows.
  let hasStopped = sendSignal(-identity.pid, 'SIGSTOP') === 'sent';
  const asked = new Set<number>();
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const fresh = (await tree.members()).filter(({ pid }) => !asked.has(pid));
    if (fresh.length === 0 || !isWanted()) break;
    for (const { pid } of fresh) {
      asked.add(pid);
      hasStopped = sendSignal(pid, 'SIGSTOP') === 'sent' || hasStopped;
    }
  }
  return hasStopped && isWanted();
}

/** Lets every process of the tree go on. False where none is left. */
export async function resumeTree(identity: TreeIdentity & { pid: number }): Promise<boolean> {
  const members = await processTree(identity).members();
  const answers = members.map(({ pid }) => sendSignal(pid, 'SIGCONT'));
  return [sendSignal(-identity.pid, 'SIGCONT'), ...answers].includes('sent');
}
