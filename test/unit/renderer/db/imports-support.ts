/** What the tests of imports share: what is in the history, all of it, and documents to bring in. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { type ConflictChoice, writeImportPage } from '../../../../src-renderer/db/import-page.ts';
import { beginImport, finishImport } from '../../../../src-renderer/db/imports.ts';

/** Everything that is seen of the history: rows with their keys and words, and every counter that is not zero. */
export async function dump(db: JobdeckDatabase): Promise<string> {
  const [jobs, counters, facets, deliveries, replaced, views] = await Promise.all([
    db.jobs.toArray(),
    db.counters.toArray(),
    db.facets.toArray(),
    db.deliveries.toArray(),
    db.replaced.toArray(),
    db.views.toArray(),
  ]);
  const counted = [counters, facets].map((rows) => rows.filter(({ count }) => count !== 0));
  // The order of their fields is nothing that is seen.
  const shown = views.map((view) => Object.fromEntries(Object.entries(view).sort()));
  return JSON.stringify([jobs, ...counted, deliveries, replaced, shown], null, 1);
}

/** The same job as another document. */
export function changed(job: BatchJob, url = 'http://a.test/'): BatchJob {
  return { ...job, callback_url: url };
}

/** Writes an import as a commit does, a page for each list. */
export async function bring(
  db: JobdeckDatabase,
  pages: readonly (readonly BatchJob[])[],
  choice: ConflictChoice = 'mine',
  { isFinished = true } = {},
): Promise<string> {
  const { id } = await beginImport(db, 'a.ndjson');
  for (const jobs of pages) {
    await writeImportPage(
      db,
      id,
      jobs.map((job) => ({ job, choice })),
    );
  }
  if (isFinished) await finishImport(db, id);
  return id;
}
