/** The attempts that run now, by their key: what can be stopped for a while and go on. */
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

export interface BegunAttempt {
  /** It has a process now. */
  started(attempt: RunningAttempt): void;
  /** From now on it can no longer be stopped. Called again it changes nothing. */
  ended: Disposer;
}

export interface RunningAttempts {
  /** An attempt begins. Who asks it to stand still before its process is there is answered once it is. */
  begin(key: AttemptKey): BegunAttempt;
  suspend(key: AttemptKey): Promise<boolean>;
  resume(key: AttemptKey): Promise<boolean>;
}

export function createRunningAttempts(): RunningAttempts {
  /** Null for an attempt that ended and never had a process. */
  const attempts = new Map<string, Promise<RunningAttempt | null>>();
  return {
    begin(key) {
      const name = nameOf(key);
      const process = Promise.withResolvers<RunningAttempt | null>();
      attempts.set(name, process.promise);
      return {
        started: process.resolve,
        ended() {
          process.resolve(null);
          if (attempts.get(name) === process.promise) attempts.delete(name);
        },
      };
    },
    async suspend(key) {
      const name = nameOf(key);
      const begun = attempts.get(name);
      const attempt = await begun;
      if (attempt == null || !CAN_SUSPEND) return false;
      attempt.timer?.pause();
      const isStopped = await suspendTree(attempt.identity, () => attempts.get(name) === begun);
      if (!isStopped) attempt.timer?.resume();
      return isStopped;
    },
    async resume(key) {
      const attempt = await attempts.get(nameOf(key));
      if (attempt == null || !CAN_SUSPEND) return false;
      const goesOn = await resumeTree(attempt.identity);
      attempt.timer?.resume();
      return goesOn;
    },
  };
}

const nameOf = ({ jobId, attempt, item }: AttemptKey) => JSON.stringify([jobId, attempt, item ?? null]);
