/** The queues' settings, beside the journal. */
import { AppError } from '#shared/app-error.ts';
import { QUEUE_MODES, type QueueMode, type QueueSettings } from '#shared/contract/runner-state.ts';
import type { QueueStore } from '../../core/ports.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

/**
 * What it saves is durable on return.
 * @param onProblem told of each row that is damaged, which is left out: its queue has the defaults
 */
export function createQueueStore(
  { file, sqlite, transaction }: Database,
  { onProblem }: { onProblem: (error: AppError) => void },
): QueueStore {
  const statements = explained(file, () => ({
    all: sqlite.prepare('SELECT name, slots, mode FROM queues ORDER BY name'),
    save: sqlite.prepare(
      `INSERT INTO queues (name, slots, mode) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET slots = excluded.slots, mode = excluded.mode`,
    ),
    remove: sqlite.prepare('DELETE FROM queues WHERE name = ?'),
  }));

  return {
    load() {
      const queues: QueueSettings[] = [];
      for (const row of explained(file, () => statements.all.all())) {
        const queue = queueOf(row);
        if (queue !== null) queues.push(queue);
        else onProblem(damaged(file, row));
      }
      return queues;
    },
    save: ({ name, slots, mode }) => transaction(() => void statements.save.run(name, slots, mode)),
    remove: (name) => transaction(() => void statements.remove.run(name)),
  };
}

function queueOf({ name, slots, mode }: Record<string, unknown>): QueueSettings | null {
  const hasSlots = slots === null || (Number.isSafeInteger(slots) && Number(slots) >= 1);
  if (typeof name !== 'string' || !hasSlots || !isMode(mode)) return null;
  return { name, slots: slots === null ? null : Number(slots), mode };
}

function isMode(value: unknown): value is QueueMode {
  return QUEUE_MODES.some((mode) => mode === value);
}

function damaged(file: string, row: Record<string, unknown>): AppError {
  return new AppError(
    'invalid-document',
    `The settings of a queue in ${file} can't be read and its defaults are used, got ${JSON.stringify(row)}. Set them again.`,
  );
}
