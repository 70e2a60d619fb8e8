/** Taking an import back: exactly what it brought goes, and what it replaced is there again. */
import { AppError } from '#shared/app-error.ts';
import type { JobdeckDatabase } from './database.ts';
import type { ImportRow, ReplacedRow } from './import-row.ts';
import { replacedBy } from './imports.ts';
import { isInRunner, type JobRow, type JobRowDraft } from './job-row.ts';
import { removeViewsOf } from './restored-view.ts';
import { rowsByIds } from './rows-by-ids.ts';
import { importFact } from './search-words.ts';
import { factsOf, toRow } from './to-row.ts';
import { removeDeliveriesOf } from './write-deliveries.ts';
import { ROWS_A_TRANSACTION, type RowChange, writeRows } from './write-rows.ts';

export interface UndoCounts {
  /** Jobs that went away. */
  removed: number;
  /** Jobs that are again as they were before. */
  putBack: number;
  /** Jobs that stay, because they were run or changed since. */
  kept: number;
}

/**
 * Marks an import as one that is being undone: from here on it is, if need be at the next start.
 * @returns it as it was
 * @throws AppError `not-found` where it was undone before or is too old to be undone
 */
export function beginUndo(db: JobdeckDatabase, id: string): Promise<ImportRow> {
  return db.transaction('rw', db.imports, async () => {
    const row = await db.imports.get(id);
    if (row === undefined || row.state === 'undone') {
      throw new AppError('not-found', 'Expected an import that can be undone, got one that is gone already.');
    }
    await db.imports.put({ ...row, state: 'undoing' });
    return row;
  });
}

/**
 * Takes back a page of an import that is being undone. Each is one transaction, and what it took back is not found
 * again: so it goes on from any point.
 * @returns what was done, or null once there was nothing left; the import is undone then
 */
export function undoPage(
  db: JobdeckDatabase,
  id: string,
  limit = ROWS_A_TRANSACTION,
): Promise<UndoCounts | null> {
  return db.change(async () => {
    const replaced = await replacedBy(db, id).limit(limit).toArray();
    if (replaced.length > 0) return await putBack(db, replaced);
    const rows = await broughtRows(db, id, limit);
    if (rows.length > 0) return await remove(db, rows);
    const over = await db.imports.get(id);
    if (over !== undefined) {
      await removeViewsOf(db, over);
      await db.imports.put({ ...over, state: 'undone' });
    }
    return null;
  });
}

/** Rows that came with an import and are still its own. */
function broughtRows(db: JobdeckDatabase, id: string, limit: number): Promise<JobRow[]> {
  return db.jobs
    .where('words')
    .startsWith(importFact(id))
    .filter(({ importId }) => importId === id)
    .limit(limit)
    .toArray();
}

async function putBack(db: JobdeckDatabase, replaced: readonly ReplacedRow[]): Promise<UndoCounts> {
  const counts: UndoCounts = { removed: 0, putBack: 0, kept: 0 };
  const now = await rowsByIds(
    db,
    replaced.map(({ id }) => id),
  );
  const gone = new Set(await db.imports.where({ state: 'undone' }).primaryKeys());
  const changes = replaced.map(({ importId, id, row }): RowChange => {
    const before = now.get(id);
    if (before !== undefined && !isAsBrought(before, importId)) {
      counts.kept += 1;
      return { before, after: before.importId === importId ? ownRow(before) : before };
    }
    // What was replaced came with an import that was undone since: it is not to come back.
    if (row.importId !== null && gone.has(row.importId)) {
      counts.removed += 1;
      return { before, after: null };
    }
    counts.putBack += 1;
    return { before, after: row, key: row.key };
  });
  await writeChanges(db, changes);
  await handOn(db, replaced);
  await removeBroughtDeliveries(db, replaced);
  await db.replaced.bulkDelete(replaced.map(({ importId, id }): [string, string] => [importId, id]));
  return counts;
}

/**
 * Where a later import has taken the place of what this one brought, undoing that one is to bring back what was there
 * before both.
 */
async function handOn(db: JobdeckDatabase, replaced: readonly ReplacedRow[]): Promise<void> {
  for (const importId of await db.imports.toCollection().primaryKeys()) {
    const later = await db.replaced.bulkGet(replaced.map(({ id }): [string, string] => [importId, id]));
    const handed = replaced.flatMap((under, index): ReplacedRow | [] => {
      const over = later[index];
      return over !== undefined && isAsBrought(over.row, under.importId) ? { ...over, row: under.row } : [];
    });
    if (handed.length > 0) await db.replaced.bulkPut(handed);
  }
}

async function remove(db: JobdeckDatabase, rows: readonly JobRow[]): Promise<UndoCounts> {
  const counts: UndoCounts = { removed: 0, putBack: 0, kept: 0 };
  const changes = rows.map((before): RowChange => {
    const isToGo = before.importId !== null && isAsBrought(before, before.importId);
    counts[isToGo ? 'removed' : 'kept'] += 1;
    return { before, after: isToGo ? null : ownRow(before) };
  });
  await writeChanges(db, changes);
  return counts;
}

/** With a job go its callbacks, which a restore may have brought with it. */
async function writeChanges(db: JobdeckDatabase, changes: readonly RowChange[]): Promise<void> {
  await writeRows(db, changes);
  const gone = changes.flatMap(({ before, after }) =>
    before !== undefined && after === null && before.job.callback_url !== null ? before.id : [],
  );
  await removeDeliveriesOf(db, gone);
}

/** A restore brought deliveries also of jobs that it replaced: those go, and what the history had of them stays. */
async function removeBroughtDeliveries(db: JobdeckDatabase, replaced: readonly ReplacedRow[]): Promise<void> {
  const [first] = replaced;
  if (first === undefined || !(await db.imports.get(first.importId))?.deliveries) return;
  await removeDeliveriesOf(
    db,
    replaced.map(({ id }) => id),
    ({ importId }) => importId === first.importId,
  );
}

/** Whether a row is still what the import made of it: editing takes its `importId` away, running gives it events. */
function isAsBrought(row: JobRow, importId: string): boolean {
  return row.importId === importId && row.journalId === null && !isInRunner(row);
}

/** The person's own from here on. */
function ownRow(row: JobRow): JobRowDraft {
  return toRow(row.job, { ...factsOf(row), importId: null });
}
