/** The way out of the history: out of the trash back to it, or gone for good. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { MAX_PAGE } from '#shared/contract/channels.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import { withHistoryLock } from './history-lock.ts';
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
    gone.push(...(await withHistoryLock(db, () => purgePage(db, api, page))));
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
  const inTrash = (await jobsByIds(db, ids)).filter((row) => row.bucket === 'trash').map((row) => row.id);
  if (inTrash.length === 0) return [];
  const refused = new Set(unwrap(await api.forgetJobs({ ids: inTrash })).refused);
  return await db.change(async () => {
    const rows = (await jobsByIds(db, inTrash)).filter((row) => !refused.has(row.id));
    await writeRows(
      db,
      rows.map((before) => ({ before, after: null })),
    );
    const gone = rows.map((row) => row.id);
    await removeDeliveriesOf(db, gone);
    return gone;
  });
}
