/** The way out of the history: out of the trash back to it, or gone for good. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import { withHistoryLock, withImportLock } from './history-lock.ts';
import type { JobRow } from './job-row.ts';
import { jsonEqual } from './json-equal.ts';
import { allJobs, jobsByIds } from './queries.ts';
import { factsOf, toRow } from './to-row.ts';
import { removeDeliveriesOf } from './write-deliveries.ts';
import { editRows, writeRows } from './write-rows.ts';

/** How long a deletion can be undone, at the least: what offers that stays while somebody is at it. */
export const UNDO_MS = 15_000;

type Forgetter = Pick<JobdeckApi, 'forgetJobs'>;

/**
 * Takes jobs out of the trash. Waits for a deletion that is under way, so that what it gives back stays.
 * @returns the ids that are back
 */
export function restore(db: JobdeckDatabase, ids: readonly JobId[]): Promise<JobId[]> {
  return withHistoryLock(db, () =>
    editRows(db, ids, (row) =>
      row.deletedAtMs === 0 ? null : toRow(row.job, { ...factsOf(row), deletedAtMs: 0 }),
    ),
  );
}

/**
 * Deletes jobs that are in the trash for good: their output and what the runner keeps of them first, so that no
 * late event brings a row back.
 * @returns the ids that are gone; what the runner still works on stays in the trash
 * @throws AppError where the runner could not be asked; what was not reached stays in the trash
 */
export async function purge(db: JobdeckDatabase, api: Forgetter, ids: readonly JobId[]): Promise<JobId[]> {
  const gone: JobId[] = [];
  for (let start = 0; start < ids.length; start += MAX_PAGE) {
    const page = ids.slice(start, start + MAX_PAGE);
    // Nor while an import or a restore puts back what is in the trash: its output would be gone.
    const turn = () => withHistoryLock(db, () => purgePage(db, api, page));
    gone.push(...(await withImportLock(db, turn)));
  }
  return gone;
}

/** Deletes for good what has been in the trash since `trashedBeforeMs` or longer, all of it by default. */
export async function purgeExpired(
  db: JobdeckDatabase,
  api: Forgetter,
  trashedBeforeMs = Number.POSITIVE_INFINITY,
): Promise<JobId[]> {
  const gone: JobId[] = [];
  for await (const rows of allJobs(db, { filter: 'trash', search: '' }, MAX_PAGE)) {
    const due = rows.filter((row) => row.deletedAtMs <= trashedBeforeMs).map((row) => row.id);
    if (due.length > 0) gone.push(...(await purge(db, api, due)));
  }
  return gone;
}

async function purgePage(db: JobdeckDatabase, api: Forgetter, ids: readonly JobId[]): Promise<JobId[]> {
  const inTrash = (await jobsByIds(db, ids)).filter((row) => row.bucket === 'trash');
  const held = await heldByRestores(db, inTrash);
  const due = new Map(inTrash.flatMap((row) => (held.has(row.id) ? [] : [[row.id, row.deletedAtMs]])));
  if (due.size === 0) return [];
  const refused = new Set(unwrap(await api.forgetJobs({ ids: [...due.keys()] })).refused);
  return await db.change(async () => {
    // Asked once more: another window may have put one back, or put it there anew.
    const rows = (await jobsByIds(db, [...due.keys()])).filter(
      (row) => !refused.has(row.id) && row.bucket === 'trash' && row.deletedAtMs === due.get(row.id),
    );
    await writeRows(
      db,
      rows.map((before) => ({ before, after: null })),
    );
    const gone = rows.map((row) => row.id);
    await removeDeliveriesOf(db, gone);
    return gone;
  });
}

/**
 * Of rows in the trash, those that a restore put there: they stay for as long as that can be undone, with their output.
 * They are the very record that was replaced; one that came with an import and was deleted by hand is not.
 */
async function heldByRestores(db: JobdeckDatabase, rows: readonly JobRow[]): Promise<Set<JobId>> {
  const keys = rows.flatMap(({ importId, id }): [string, string][] =>
    importId === null ? [] : [[importId, id]],
  );
  const replaced = new Map(
    (await db.replaced.bulkGet(keys)).flatMap((each) => (each ? [[each.id, each.row]] : [])),
  );
  const isHeld = ({ id, job }: JobRow) => {
    const before = replaced.get(id);
    return before !== undefined && before.bucket !== 'trash' && jsonEqual(before.job, job);
  };
  return new Set(rows.filter(isHeld).map(({ id }) => id));
}
