/** Drops the items that no job wants any more, in bounded steps: a hundred thousand never hold up the event loop. */
import type { Database } from '../journal/database.ts';
import type { ItemStatements } from './item-statements.ts';

export interface ItemSweep {
  /** Begins, or goes on with what an earlier process left. */
  schedule(): void;
  stop(): void;
}

const ITEMS_PER_STEP = 200;

/** @param onFailure told of a step that failed; the next call of `schedule` tries again */
export function createItemSweep(
  database: Database,
  statements: ItemStatements,
  onFailure: (error: unknown) => void,
): ItemSweep {
  let scheduled: NodeJS.Immediate | null = null;
  let isStopped = false;

  /** True where there may be more to do. */
  function step(): boolean {
    const batch = statements.anyOrphan();
    if (batch === undefined) return false;
    database.transaction(() => {
      if (statements.dropSome(batch, ITEMS_PER_STEP) === 0) statements.dropBatch(batch);
    });
    return true;
  }

  function schedule(): void {
    if (isStopped) return;
    scheduled ??= setImmediate(() => {
      scheduled = null;
      try {
        if (step()) schedule();
      } catch (error) {
        onFailure(error);
      }
    });
  }

  return {
    schedule,
    stop() {
      isStopped = true;
      if (scheduled !== null) clearImmediate(scheduled);
    },
  };
}
