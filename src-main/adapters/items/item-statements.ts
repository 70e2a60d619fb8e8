/** The item tables' SQL, each statement under a name and with its types. */
import { ITEM_STATUSES, type ItemStatus, type ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

/** A row as the queries give it. */
export type Row = Record<string, unknown>;

export interface BatchRow {
  id: number;
  isLoaded: boolean;
  counts: ItemStatusCounts;
}

export type ItemStatements = ReturnType<typeof createItemStatements>;

export function createItemStatements({ file, sqlite }: Database) {
  const sql = explained(file, () => ({
    batchOf: sqlite.prepare(
      'SELECT id, loaded, pending, running, completed, failed, cancelled FROM batches WHERE job_id = ?',
    ),
    addBatch: sqlite.prepare('INSERT INTO batches (job_id) VALUES (?)'),
    isWanted: sqlite.prepare('SELECT 1 FROM batches WHERE id = ? AND job_id IS NOT NULL'),
    finishLoad: sqlite.prepare('UPDATE batches SET loaded = 1 WHERE id = ?'),
    orphan: sqlite.prepare('UPDATE batches SET job_id = NULL WHERE job_id = ?'),
    // UNIQUE does not hold for NULL, and its index has them too.
    anyOrphan: sqlite.prepare('SELECT id FROM batches WHERE job_id IS NULL LIMIT 1'),
    dropBatch: sqlite.prepare('DELETE FROM batches WHERE id = ?'),
    dropItems: sqlite.prepare(
      'DELETE FROM items WHERE rowid IN (SELECT rowid FROM items WHERE batch = ? LIMIT ?)',
    ),
    dropValues: sqlite.prepare(
      'DELETE FROM item_values WHERE rowid IN (SELECT rowid FROM item_values WHERE batch = ? LIMIT ?)',
    ),
    moveCounts: sqlite.prepare(
      `UPDATE batches SET pending = pending + ?, running = running + ?, completed = completed + ?,
         failed = failed + ?, cancelled = cancelled + ? WHERE id = ?`,
    ),
    addItem: sqlite.prepare(
      `INSERT INTO items (batch, idx, status, attempts) VALUES (?, ?, 'pending', 0) ON CONFLICT DO NOTHING`,
    ),
    addValue: sqlite.prepare('INSERT INTO item_values (batch, idx, item) VALUES (?, ?, ?)'),
    statusOf: sqlite.prepare('SELECT status FROM items WHERE batch = ? AND idx = ?'),
    begin: sqlite.prepare("UPDATE items SET status = 'running', attempts = ? WHERE batch = ? AND idx = ?"),
    end: sqlite.prepare('UPDATE items SET status = ?, attempts = ?, outcome = ? WHERE batch = ? AND idx = ?'),
    cancelPending: sqlite.prepare(
      `UPDATE items SET status = 'cancelled' WHERE rowid IN (
         SELECT rowid FROM items WHERE batch = ? AND status = 'pending' LIMIT ?)`,
    ),
    item: sqlite.prepare(`${SELECT_ITEMS} WHERE batch = ? AND idx = ?`),
    itemsAfter: sqlite.prepare(`${SELECT_ITEMS} WHERE batch = ? AND idx > ? ORDER BY idx`),
    itemsIn: sqlite.prepare(`${SELECT_ITEMS} WHERE batch = ? AND status = ? AND idx > ? ORDER BY idx`),
  }));

  return {
    batchOf(jobId: JobId): BatchRow | undefined {
      const row = sql.batchOf.get(jobId);
      if (row === undefined) return undefined;
      const counts = countsOf((status) => Number(row[status]));
      return { id: Number(row.id), isLoaded: row.loaded === 1, counts };
    },
    addBatch: (jobId: JobId) => Number(sql.addBatch.run(jobId).lastInsertRowid),
    /** False once the batch was forgotten. */
    isWanted: (batch: number) => sql.isWanted.get(batch) !== undefined,
    finishLoad: (batch: number) => void sql.finishLoad.run(batch),
    /** Leaves a job's items to the sweep. */
    orphan: (jobId: JobId) => void sql.orphan.run(jobId),
    anyOrphan: () => sql.anyOrphan.get()?.id as number | undefined,
    dropBatch: (batch: number) => void sql.dropBatch.run(batch),
    /** Gives how many rows it dropped, up to twice `limit`. */
    dropSome: (batch: number, limit: number) =>
      Number(sql.dropItems.run(batch, limit).changes) + Number(sql.dropValues.run(batch, limit).changes),
    moveCounts(batch: number, from: ItemStatus | null, to: ItemStatus, count: number): void {
      const by = countsOf((status) => (status === to ? count : 0) - (status === from ? count : 0));
      sql.moveCounts.run(by.pending, by.running, by.completed, by.failed, by.cancelled, batch);
    },
    /** False where the batch has an item with this index. */
    addItem(batch: number, index: number, item: string): boolean {
      if (sql.addItem.run(batch, index).changes === 0) return false;
      sql.addValue.run(batch, index, item);
      return true;
    },
    // Checked by the table itself, whoever wrote it.
    statusOf: (batch: number, index: number) =>
      sql.statusOf.get(batch, index)?.status as ItemStatus | undefined,
    begin: (batch: number, index: number, attempt: number) => void sql.begin.run(attempt, batch, index),
    end: (batch: number, index: number, to: { status: ItemStatus; attempts: number; outcome: string }) =>
      void sql.end.run(to.status, to.attempts, to.outcome, batch, index),
    /** Gives how many it cancelled. */
    cancelPending: (batch: number, limit: number) => Number(sql.cancelPending.run(batch, limit).changes),
    item: (batch: number, index: number): Row | undefined => sql.item.get(batch, index),
    pageOf: (batch: number, status: ItemStatus | null, after: number): Iterable<Row> =>
      status === null ? sql.itemsAfter.iterate(batch, after) : sql.itemsIn.iterate(batch, status, after),
  };
}

const SELECT_ITEMS = `SELECT idx, status, attempts, outcome, item
  FROM items JOIN item_values USING (batch, idx)`;

function countsOf(count: (status: ItemStatus) => number): ItemStatusCounts {
  return Object.fromEntries(ITEM_STATUSES.map((status) => [status, count(status)])) as ItemStatusCounts;
}
