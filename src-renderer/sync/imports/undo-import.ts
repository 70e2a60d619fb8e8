/** Undoing imports: by hand, after a stop, and at the start what a window that ended left in the middle. */
import type { JobdeckDatabase } from '../../db/database.ts';
import { withImportLock } from '../../db/history-lock.ts';
import { broughtBy, type ImportRow } from '../../db/import-row.ts';
import { beginUndo, type UndoCounts, undoPage } from '../../db/import-undo.ts';

export interface UndoReport extends UndoCounts {
  import: ImportRow;
  /** Jobs that came with it and are no longer as it brought them: edited or deleted since, and left as they are. */
  changed: number;
}

/**
 * Takes an import back: jobs that it brought go, and what it replaced is as it was. What was run or edited since
 * stays.
 * @throws AppError `not-found` where it can not be undone any more
 */
export function undoImport(
  db: JobdeckDatabase,
  id: string,
  onProgress?: (done: number) => void,
): Promise<UndoReport> {
  return withImportLock(db, () => undo(db, id, onProgress));
}

/**
 * Undoes what a window that was closed or died left: an import that was being written, or undone. Nothing is done to
 * one that another window is at.
 * @returns a report for each import that was undone
 */
export function recoverImports(
  db: JobdeckDatabase,
  onProgress?: (id: string, done: number) => void,
): Promise<UndoReport[]> {
  return withImportLock(db, async () => {
    const left = await db.imports.where('state').anyOf('running', 'undoing').toArray();
    const reports: UndoReport[] = [];
    for (const { id } of left) reports.push(await undo(db, id, (done) => onProgress?.(id, done)));
    return reports;
  });
}

/** To be called with the lock of imports. */
export async function undo(
  db: JobdeckDatabase,
  id: string,
  onProgress?: (done: number) => void,
): Promise<UndoReport> {
  const row = await beginUndo(db, id);
  const sums: UndoCounts = { removed: 0, putBack: 0, kept: 0 };
  for (let page = await undoPage(db, id); page !== null; page = await undoPage(db, id)) {
    sums.removed += page.removed;
    sums.putBack += page.putBack;
    sums.kept += page.kept;
    onProgress?.(sums.removed + sums.putBack + sums.kept);
  }
  const found = sums.removed + sums.putBack + sums.kept;
  return { ...sums, import: row, changed: Math.max(0, broughtBy(row.counts) - found) };
}
