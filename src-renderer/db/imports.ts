/** The imports of the history: those that can be undone, and what a crash left in the middle. */
import { Dexie } from 'dexie';
import { AppError } from '#shared/app-error.ts';
import type { JobdeckDatabase } from './database.ts';
import { broughtBy, type ImportCounts, type ImportRow, noImportCounts, sumOf } from './import-row.ts';

/** So many can be undone: of older ones what they replaced is dropped. */
export const MAX_IMPORTS = 20;
/** One transaction of a million rows can end the browser. */
const PAGE = 1000;

/** Begins an import: until it is finished, a crash means that it is undone at the next start. */
export function beginImport(db: JobdeckDatabase, name: string, at = Date.now()): Promise<ImportRow> {
  return begin(db, { name, at });
}

/** Begins a restore, which is kept and undone as an import is. */
export function beginRestore(db: JobdeckDatabase, name: string): Promise<ImportRow> {
  return begin(db, { name, at: Date.now(), isRestore: true });
}

async function begin(
  db: JobdeckDatabase,
  begun: Pick<ImportRow, 'name' | 'at' | 'isRestore'>,
): Promise<ImportRow> {
  const row: ImportRow = { id: crypto.randomUUID(), ...begun, state: 'running', counts: noImportCounts() };
  await db.imports.add(row);
  return row;
}

/**
 * Ends an import well. One that brought nothing leaves nothing to undo, and is forgotten.
 * @param others what is known of documents that were not written: they are added to the counts
 * @throws AppError `conflict` where it is not running any more: it was undone elsewhere
 */
export function finishImport(
  db: JobdeckDatabase,
  id: string,
  others: ImportCounts = noImportCounts(),
): Promise<ImportRow> {
  return db.transaction('rw', db.imports, async () => {
    const row = await db.imports.get(id);
    if (row?.state !== 'running') {
      throw new AppError('conflict', 'Expected the import to go on, but it is being undone.');
    }
    const done: ImportRow = { ...row, state: 'done', counts: sumOf(row.counts, others) };
    if (broughtBy(done.counts) === 0 && !done.views?.length) await db.imports.delete(id);
    else await db.imports.put(done);
    return done;
  });
}

/** True while an import or a restore is being written or undone, here or in another window, or was left like that. */
export async function isBetweenPages(db: JobdeckDatabase): Promise<boolean> {
  return (await db.imports.where('state').anyOf('running', 'undoing').count()) > 0;
}

/** Those that are seen, newest first. */
export async function listImports(db: JobdeckDatabase): Promise<ImportRow[]> {
  const rows = await db.imports.toArray();
  return rows.filter(({ state }) => state !== 'undone').sort((one, other) => other.at - one.at);
}

/** Forgets all but the newest imports, and what the others replaced: those can not be undone any more. */
export async function compactImports(db: JobdeckDatabase, keep = MAX_IMPORTS): Promise<void> {
  const rows = (await db.imports.toArray()).sort((one, other) => other.at - one.at);
  const old = rows.filter(({ state }) => state === 'done').slice(keep);
  for (const { id } of old) {
    // The import goes first: what is left of its rows after a crash is dropped by the next round.
    await db.imports.delete(id);
  }
  const ids = new Set(rows.filter((row) => !old.includes(row)).map(({ id }) => id));
  await dropReplacedBut(db, ids);
  const kept = rows.filter(({ state, id }) => state !== 'undone' && ids.has(id));
  const undone = rows.filter(
    ({ state, at }) => state === 'undone' && !kept.some((row) => mayPutBack(row, at)),
  );
  await db.imports.bulkDelete(undone.map(({ id }) => id));
}

/** Whether undoing this import could put back a row of one that began at `at`. */
function mayPutBack(row: ImportRow, at: number): boolean {
  return row.at > at && (row.counts.replaced > 0 || row.counts.added > 0);
}

/** What is left of imports that are forgotten, also by a round that a crash ended. */
async function dropReplacedBut(db: JobdeckDatabase, kept: ReadonlySet<string>): Promise<void> {
  for (const importId of await db.replaced.orderBy('importId').uniqueKeys()) {
    if (typeof importId === 'string' && !kept.has(importId)) await dropReplaced(db, importId);
  }
}

async function dropReplaced(db: JobdeckDatabase, importId: string): Promise<void> {
  for (let dropped = PAGE; dropped === PAGE; ) {
    dropped = await replacedBy(db, importId).limit(PAGE).delete();
  }
}

/** The rows that an import replaced. */
export function replacedBy(db: JobdeckDatabase, importId: string) {
  return db.replaced
    .where('[importId+id]')
    .between([importId, Dexie.minKey], [importId, Dexie.maxKey], true, true);
}
