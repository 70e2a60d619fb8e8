/** Changing the history by hand: what the runner owns is left to it. */
import { AppError } from '#shared/app-error.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from './database.ts';
import { isInRunner, type JobRow } from './job-row.ts';
import { jobById, jobsByIds } from './queries.ts';
import { factsOf, type RowFacts, toRow } from './to-row.ts';
import { editRows, writeRows } from './write-rows.ts';

export { purge, purgeExpired, restore, UNDO_MS } from './trash.ts';

/**
 * Adds new jobs.
 * @throws AppError `conflict` where the history has one of the ids; nothing is added then
 */
export function saveJobs(
  db: JobdeckDatabase,
  jobs: readonly { job: BatchJob; facts: Pick<RowFacts, 'origin'> & Partial<RowFacts> }[],
): Promise<JobRow[]> {
  return db.change(async () => {
    const [taken] = await jobsByIds(
      db,
      jobs.map(({ job }) => job.id),
    );
    if (taken) {
      throw new AppError(
        'conflict',
        `The history already has a job with the id ${taken.id}. Use another id.`,
      );
    }
    return await writeRows(
      db,
      jobs.map(({ job, facts }) => ({ before: undefined, after: toRow(job, facts) })),
    );
  });
}

/**
 * Adds one new job.
 * @throws AppError `conflict` where the history has its id
 */
export async function saveJob(
  db: JobdeckDatabase,
  job: BatchJob,
  { origin }: Pick<RowFacts, 'origin'>,
): Promise<JobRow> {
  const [row] = await saveJobs(db, [{ job, facts: { origin } }]);
  if (row === undefined) throw new AppError('internal', `Expected ${job.id} to be written, got nothing.`);
  return row;
}

/**
 * Replaces the record of a job that was not submitted yet. An approval stands: it is the approver who edits.
 * @throws AppError `not-found`, or `conflict` where the job is or is to be in another status than `created`
 */
export function updateCreatedJob(db: JobdeckDatabase, job: BatchJob): Promise<JobRow> {
  return db.change(async () => {
    const before = await jobById(db, job.id);
    if (before === undefined) {
      throw new AppError('not-found', `${job.id} is no longer in the history. Save it as a new job.`);
    }
    if (before.status !== 'created' || job.status !== 'created' || before.bucket === 'trash') {
      throw new AppError(
        'conflict',
        `Expected "${before.name}" to be saved and not yet run, got ${before.bucket === 'trash' ? 'deleted' : before.status}. Run it again as a new job to change it.`,
      );
    }
    // What was changed by hand is the person's own: undoing the import that brought it leaves it alone.
    const after = toRow(job, { ...factsOf(before), importId: null });
    const [row] = await writeRows(db, [{ before, after }]);
    if (row === undefined) throw new AppError('internal', `Expected ${job.id} to be written, got nothing.`);
    return row;
  });
}

/**
 * Approves imported jobs: their owner saw what would run.
 * @returns the ids that are approved now
 */
export function approve(db: JobdeckDatabase, ids: readonly JobId[], now = Date.now()): Promise<JobId[]> {
  return editRows(db, ids, (row) => ({ ...row, approvedAtMs: row.approvedAtMs ?? now }));
}

/**
 * Puts jobs in the trash, from where they can be restored. Jobs that are pending or running stay.
 * @returns the ids that are in the trash now
 */
export function trash(db: JobdeckDatabase, ids: readonly JobId[], now = Date.now()): Promise<JobId[]> {
  return editRows(db, ids, (row) =>
    isInRunner(row)
      ? null
      : toRow(row.job, { ...factsOf(row), deletedAtMs: row.deletedAtMs === 0 ? now : row.deletedAtMs }),
  );
}
