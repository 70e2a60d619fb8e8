/** Settings of queues in memory. */
import type { QueueSettings } from '#shared/contract/runner-state.ts';
import type { QueueStore } from '../../src-main/core/ports.ts';

export function createMemoryQueueStore(queues = new Map<string, QueueSettings>()): QueueStore {
  return {
    load: () => [...queues.values()],
    save: (queue) => void queues.set(queue.name, queue),
    remove: (name) => void queues.delete(name),
  };
}
