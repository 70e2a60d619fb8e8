/** The items of batches over SQLite, in the database of the journal: their writes share its commits. */
import { AppError } from '#shared/app-error.ts';
import type { ItemStatus, ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemStore } from '../../core/ports.ts';
import type { Database } from '../journal/database.ts';
import { explain, explained } from '../journal/sqlite-error.ts';
import { loadItems } from './item-load.ts';
import { createItemRows } from './item-rows.ts';
import { createItemStatements } from './item-statements.ts';
import { createItemSweep } from './item-sweep.ts';
import { createUntoldItems } from './untold-items.ts';

export interface SqliteItemStore extends ItemStore {
  /** Ends its housekeeping. What waits is committed when the database closes. */
  close(): void;
}

export interface ItemStoreOptions {
  /** Told of a damaged row (once each) and of housekeeping that failed. Reading and writing go on. */
  onProblem: (error: AppError) => void;
}

/** A page ends after this many characters, so that it stays small in memory and in a message. */
const MAX_PAGE_LENGTH = 1024 * 1024;

/** How many items one write cancels. */
const ITEMS_PER_CANCEL = 256;

const NO_COUNTS: ItemStatusCounts = { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 };

/** @throws AppError where the database can't be read */
export function createItemStore(database: Database, { onProblem }: ItemStoreOptions): SqliteItemStore {
  const { file } = database;
  const statements = createItemStatements(database);
  const rows = createItemRows({ file, onDamaged: onProblem });
  const untold = createUntoldItems(database);
  const sweep = createItemSweep(database, statements, (error) => onProblem(explain(file, error)));
  sweep.schedule();

  /** Moves an item to a status; false where there is no such item. */
  function move(jobId: JobId, index: number, to: ItemStatus, apply: (batch: number) => void): boolean {
    const batch = statements.batchOf(jobId)?.id;
    const from = batch === undefined ? undefined : statements.statusOf(batch, index);
    if (batch === undefined || from === undefined) return false;
    apply(batch);
    statements.moveCounts(batch, from, to, 1);
    return true;
  }

  async function change(
    jobId: JobId,
    index: number,
    to: ItemStatus,
    write: { sizeBytes: number; apply: (batch: number) => void },
  ): Promise<void> {
    const isThere = await database.write({
      apply: () => move(jobId, index, to, write.apply),
      sizeBytes: write.sizeBytes,
    });
    if (!isThere) throw new AppError('not-found', `Expected ${jobId} to have an item ${index}, it has none.`);
  }

  return {
    isLoaded: (jobId) => explained(file, () => statements.batchOf(jobId)?.isLoaded ?? false),
    load: (jobId, items) => loadItems({ database, statements, sweep, jobId, items }),
    counts: (jobId) => explained(file, () => statements.batchOf(jobId)?.counts ?? { ...NO_COUNTS }),
    page: (jobId, status, after, limit) =>
      explained(file, () => {
        const batch = statements.batchOf(jobId)?.id;
        if (batch === undefined) return [];
        return rows.page(jobId, statements.pageOf(batch, status, after ?? -1), limit, MAX_PAGE_LENGTH);
      }),
    find: (jobId, index) =>
      explained(file, () => {
        const batch = statements.batchOf(jobId)?.id;
        const row = batch === undefined ? undefined : statements.item(batch, index);
        return row === undefined ? undefined : rows.record(jobId, row);
      }),
    begin: (jobId, index, attempt) =>
      change(jobId, index, 'running', {
        sizeBytes: 0,
        apply: (batch) => statements.begin(batch, index, attempt),
      }),
    async end(jobId, { index, status, attempts, duration_ns, ttft_ns, result, error }, isToBeTold = false) {
      const text = JSON.stringify({ duration_ns, ttft_ns, result, error });
      await change(jobId, index, status, {
        sizeBytes: text.length,
        apply(batch) {
          statements.end(batch, index, { status, attempts, outcome: text });
          if (isToBeTold) untold.mark(batch, index);
        },
      });
    },
    async cancelPending(jobId) {
      let cancelled = 0;
      do {
        cancelled = await database.write({
          apply() {
            const batch = statements.batchOf(jobId)?.id;
            if (batch === undefined) return 0;
            const count = statements.cancelPending(batch, ITEMS_PER_CANCEL);
            statements.moveCounts(batch, 'pending', 'cancelled', count);
            return count;
          },
          sizeBytes: 0,
          rows: ITEMS_PER_CANCEL,
        });
      } while (cancelled === ITEMS_PER_CANCEL);
    },
    forget(ids) {
      database.transaction(() => {
        for (const id of ids) statements.orphan(id);
      });
      sweep.schedule();
    },
    close: sweep.stop,
  };
}
