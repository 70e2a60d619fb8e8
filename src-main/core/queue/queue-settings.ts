/** The settings of queues. A queue needs none: whatever name a job gives is one. */
import { AppError } from '#shared/app-error.ts';
import { DEFAULT_QUEUE, type QueueSettings, type QueueState } from '#shared/contract/runner-state.ts';
import type { Counts } from '../active-jobs.ts';
import type { QueueStore } from '../ports.ts';

export interface Queues {
  get(name: string): QueueSettings;
  /** Durable on return. */
  save(queue: QueueSettings): void;
  /**
   * Durable on return.
   * @throws AppError `conflict` where the queue has jobs
   */
  remove(name: string): void;
  /** The default one, those with settings and those with jobs. */
  states(): QueueState[];
}

/** @param counts of the queues that have jobs */
export function createQueues(store: QueueStore, counts: () => ReadonlyMap<string, Counts>): Queues {
  const settings = new Map(store.load().map((queue) => [queue.name, queue]));

  const get = (name: string): QueueSettings => settings.get(name) ?? { name, slots: null, mode: 'open' };

  return {
    get,
    save(queue) {
      store.save(queue);
      settings.set(queue.name, queue);
    },
    remove(name) {
      const { pending, running } = counts().get(name) ?? { pending: 0, running: 0 };
      if (pending + running > 0) {
        throw new AppError(
          'conflict',
          `The queue ${JSON.stringify(name)} has ${pending} waiting and ${running} running jobs: it can be removed once they have ended.`,
        );
      }
      store.remove(name);
      settings.delete(name);
    },
    states() {
      const names = new Set([...settings.keys(), ...counts().keys()]);
      names.delete(DEFAULT_QUEUE);
      return [DEFAULT_QUEUE, ...[...names].sort()].map((name) => {
        const { pending, running } = counts().get(name) ?? { pending: 0, running: 0 };
        return { ...get(name), running, pending };
      });
    },
  };
}
