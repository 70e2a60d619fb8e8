/** The attempts that have a process now, by their key: what can be stopped for a while and go on. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { AttemptKey } from '../../core/ports.ts';
import type { PausableTimer } from './pausable-timer.ts';
import type { TreeIdentity } from './process-tree.ts';
import { CAN_SUSPEND, resumeTree, suspendTree } from './suspend-tree.ts';

export interface RunningAttempt {
  identity: TreeIdentity & { pid: number };
  /** Of the time limit, if there is one. */
  timer: PausableTimer | null;
}

export interface RunningAttempts {
  /** Gives what takes it out again: then it can no longer be stopped. */
  add(key: AttemptKey, attempt: RunningAttempt): Disposer;
  suspend(key: AttemptKey): Promise<boolean>;
  resume(key: AttemptKey): Promise<boolean>;
}

export function createRunningAttempts(): RunningAttempts {
  const attempts = new Map<string, RunningAttempt>();
  return {
    add(key, attempt) {
      attempts.set(nameOf(key), attempt);
      return () => void attempts.delete(nameOf(key));
    },
    async suspend(key) {
      const attempt = attempts.get(nameOf(key));
      if (attempt === undefined || !CAN_SUSPEND) return false;
      attempt.timer?.pause();
      const isStopped = await suspendTree(attempt.identity, () => attempts.get(nameOf(key)) === attempt);
      if (!isStopped) attempt.timer?.resume();
      return isStopped;
    },
    async resume(key) {
      const attempt = attempts.get(nameOf(key));
      if (attempt === undefined || !CAN_SUSPEND) return false;
      const goesOn = await resumeTree(attempt.identity);
      attempt.timer?.resume();
      return goesOn;
    },
  };
}

const nameOf = ({ jobId, attempt, item }: AttemptKey) => JSON.stringify([jobId, attempt, item ?? null]);
