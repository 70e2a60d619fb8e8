/** Writing documents of an import to the history, as data: none of them runs before it was approved. */
import { AppError } from '#shared/app-error.ts';
import { type BatchJob, type JobMetadata, jobdeckOf } from '#shared/job/batch-job.ts';
import { newJobId } from '#shared/job/job-id.ts';
import { JOBDECK_METADATA_VERSION } from '#shared/job/jobdeck-metadata.ts';
import type { JobdeckDatabase } from './database.ts';
import { compared } from './import-compare.ts';
import { type ImportCounts, noImportCounts, type ReplacedRow, sumOf } from './import-row.ts';
import type { JobRow } from './job-row.ts';
import { rowsByIds } from './rows-by-ids.ts';
import { toRow } from './to-row.ts';
import { addRows, type RowChange, writeRows } from './write-rows.ts';

/** What becomes of a document whose id the history has with another content. */
export const CONFLICT_CHOICES = ['mine', 'theirs', 'both'] as const;
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number];

export interface Decided {
  job: BatchJob;
  choice: ConflictChoice;
}

export interface WrittenPage {
  rows: JobRow[];
  counts: ImportCounts;
}

/**
 * Writes documents, what they replace, and the counts of the import in one transaction. They are compared once more:
 * the history may have changed since the preview. The ids of a page are different ones.
 * @throws AppError `conflict` where the import is not running any more: it was undone elsewhere
 */
export function writeImportPage(
  db: JobdeckDatabase,
  importId: string,
  documents: readonly Decided[],
  uuid: () => string = () => crypto.randomUUID(),
): Promise<WrittenPage> {
  return db.change(async () => {
    const running = await db.imports.get(importId);
    if (running?.state !== 'running') {
      throw new AppError('conflict', 'Expected the import to go on, but it is being undone.');
    }
    const counts = noImportCounts();
    const changes: RowChange[] = [];
    const replaced: ReplacedRow[] = [];
    const brought = (job: BatchJob) => toRow(job, { origin: 'imported', importId });
    const bring = (before: JobRow | undefined, job: BatchJob) => {
      changes.push({ before, after: brought(job) });
      if (before !== undefined) replaced.push({ importId, id: before.id, row: before });
    };
    // Nearly all are new, and writing tells which are not: looking each id up first takes a fifth of the time.
    const tried = documents.filter(({ choice }) => choice === 'mine');
    const { rows: added, taken } = await addRows(
      db,
      tried.map(({ job }) => brought(job)),
    );
    counts.added = added.length;
    const left = documents.filter(({ job, choice }) => choice !== 'mine' || taken.has(job.id));
    const known = await rowsByIds(
      db,
      left.map(({ job }) => job.id),
    );
    for (const { job, choice } of left) {
      const mine = known.get(job.id);
      const comparison = compared(mine, job);
      if (comparison === 'new') {
        counts.added += 1;
        bring(mine, job);
      } else if (comparison === 'same' || comparison === 'active') counts[comparison] += 1;
      else if (choice === 'mine') counts.kept += 1;
      else if (choice === 'theirs') {
        counts.replaced += 1;
        bring(mine, job);
      } else {
        counts.copied += 1;
        bring(undefined, withNewId(job, uuid));
      }
    }
    if (replaced.length > 0) await db.replaced.bulkPut(replaced);
    const rows = [...added, ...(await writeRows(db, changes))];
    await db.imports.put({ ...running, counts: sumOf(running.counts, counts) });
    return { rows, counts };
  });
}

/**
 * A copy under an id of its own, of the same kind. The one it had is kept under `metadata.jobdeck.imported`, beside
 * what else its origin knew of it.
 */
export function withNewId(job: BatchJob, uuid: () => string): BatchJob {
  const jobdeck = jobdeckOf(job) ?? { version: JOBDECK_METADATA_VERSION };
  const imported = { ...jobdeck.imported };
  let name = 'id';
  for (let n = 2; Object.hasOwn(imported, name); n += 1) name = `id_${n}`;
  const metadata: JobMetadata = {
    ...job.metadata,
    jobdeck: { ...jobdeck, imported: { ...imported, [name]: job.id } },
  };
  return { ...job, id: newJobId(job.id.startsWith('run-') ? 'run' : 'job', uuid), metadata };
}
