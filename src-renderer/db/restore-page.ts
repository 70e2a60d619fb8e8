/** Bringing records of a backup into a history that is in use, page by page, as part of an import that can be undone. */
import { AppError } from '#shared/app-error.ts';
import { isOpen } from '#shared/callback/delivery.ts';
import type { BackupRecord } from '#shared/contract/backups.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive, isTerminal } from '#shared/job/lifecycle.ts';
import type { JobdeckDatabase } from './database.ts';
import { toDeliveryRow } from './delivery-row.ts';
import { type ImportCounts, type ImportRow, noImportCounts, type ReplacedRow, sumOf } from './import-row.ts';
import { interrupted } from './interrupt-lost.ts';
import { isInRunner, type JobRow, type JobRowDraft } from './job-row.ts';
import { jsonEqual } from './json-equal.ts';
import { addViews } from './restored-view.ts';
import { rowsByIds } from './rows-by-ids.ts';
import { stopped } from './settle-lost-deliveries.ts';
import { factsOf, toRow } from './to-row.ts';
import { writeDeliveries } from './write-deliveries.ts';
import { type RowChange, writeRows } from './write-rows.ts';

export type JobRecord = Extract<BackupRecord, { kind: 'job' }>;
export type DeliveryRecord = Extract<BackupRecord, { kind: 'delivery' }>;

/**
 * `add` brings what the history does not have; `replace` also puts what the backup has in the place of what is
 * different; `exact` also deletes what the backup does not have.
 */
export const RESTORE_MODES = ['add', 'replace', 'exact'] as const;
export type RestoreMode = (typeof RESTORE_MODES)[number];

/** What a record is to the history. `newer` is a job that runs now, or has ended since: that one always stays. */
export type RestoreComparison = 'new' | 'same' | 'different' | 'newer';

export interface RestoreWay {
  mode: RestoreMode;
  /** Of a backup from elsewhere nothing counts as written or approved here: what has not run has to be approved. */
  isOwn: boolean;
}

/** What a record is to the row that has its id. A deleted one that can still be brought back is not there. */
export function comparedToBackup(row: JobRow | undefined, { job }: JobRecord): RestoreComparison {
  if (row === undefined || row.bucket === 'trash') return 'new';
  if (jsonEqual(row.job, job)) return 'same';
  // How a job ended is a fact: it does not become one that has not run, or is to run again under its id.
  const hasEndedSince = isTerminal(row.status) && !isTerminal(job.status);
  return isInRunner(row) || hasEndedSince ? 'newer' : 'different';
}

export interface ComparedRecord {
  comparison: RestoreComparison;
  /** The runner owns the job now. */
  isHeld: boolean;
}

/** One comparison for each record, in their order, with nothing written. */
export async function compareBackup(
  db: JobdeckDatabase,
  records: readonly JobRecord[],
): Promise<ComparedRecord[]> {
  const rows = await rowsByIds(
    db,
    records.map(({ job }) => job.id),
  );
  return records.map((record) => {
    const row = rows.get(record.job.id);
    return { comparison: comparedToBackup(row, record), isHeld: row !== undefined && isInRunner(row) };
  });
}

/**
 * Writes records, what they replace, and the counts in one transaction. They are compared once more: the history may
 * have changed since the preview.
 * @throws AppError `conflict` where the restore is not running any more: it was undone elsewhere
 */
export function writeRestoredJobs(
  db: JobdeckDatabase,
  restoreId: string,
  records: readonly JobRecord[],
  way: RestoreWay,
  now = new Date().toISOString(),
): Promise<ImportCounts> {
  return countRunning(db, restoreId, async () => {
    const rows = await rowsByIds(
      db,
      records.map(({ job }) => job.id),
    );
    const counts = noImportCounts();
    const changes: RowChange[] = [];
    for (const record of firstOfEach(records)) {
      const before = rows.get(record.job.id);
      const becomes = COUNTED[comparedToBackup(before, record)](way.mode);
      counts[becomes] += 1;
      if (becomes === 'added' || becomes === 'replaced') {
        changes.push({ before, after: restoredRow(record, restoreId, way.isOwn, now) });
      }
    }
    await keepReplaced(db, restoreId, changes);
    await writeRows(db, changes);
    return counts;
  });
}

/** Of two records with one id, which no backup of ours has, the first counts. */
export function firstOfEach(records: readonly JobRecord[]): JobRecord[] {
  return [...new Map(records.toReversed().map((record) => [record.job.id, record])).values()].toReversed();
}

const COUNTED: Record<RestoreComparison, (mode: RestoreMode) => keyof ImportCounts> = {
  new: () => 'added',
  same: () => 'same',
  newer: () => 'active',
  different: (mode) => (mode === 'add' ? 'kept' : 'replaced'),
};

/**
 * Deletes jobs, as part of a restore that makes the history what the backup is: they go to the trash, and undoing the
 * restore brings them back. What the runner owns stays.
 */
export function trashForRestore(
  db: JobdeckDatabase,
  restoreId: string,
  ids: readonly JobId[],
  nowMs = Date.now(),
): Promise<ImportCounts> {
  return countRunning(db, restoreId, async () => {
    const rows = [...(await rowsByIds(db, ids)).values()];
    const changes = rows.flatMap((before): RowChange | [] => {
      if (before.bucket === 'trash' || isInRunner(before) || before.importId === restoreId) return [];
      // As a row that came with the restore: so undoing it knows whether it was changed since.
      const facts = { ...factsOf(before), deletedAtMs: nowMs, importId: restoreId, journalId: null, seq: 0 };
      return { before, after: toRow(before.job, facts) };
    });
    await keepReplaced(db, restoreId, changes);
    await writeRows(db, changes);
    return { ...noImportCounts(), replaced: changes.length };
  });
}

/** Writes the deliveries of jobs that came with this restore, where the history does not have them. None is sent. */
export function writeRestoredDeliveries(
  db: JobdeckDatabase,
  restoreId: string,
  records: readonly DeliveryRecord[],
  now = new Date().toISOString(),
): Promise<ImportRow> {
  return changeRunning(db, restoreId, async (running) => {
    const known = await db.deliveries.bulkGet(records.map(({ delivery }) => delivery.id));
    const jobs = await rowsByIds(
      db,
      records.map(({ delivery }) => delivery.jobId),
    );
    const changes = records.flatMap((record, index) => {
      const isBrought = jobs.get(record.delivery.jobId)?.importId === restoreId;
      if (known[index] !== undefined || !isBrought) return [];
      const row = toDeliveryRow(record.delivery, { ...record, importId: restoreId });
      return [{ before: undefined, after: isOpen(row) ? stopped(row, now) : row }];
    });
    await writeDeliveries(db, changes);
    return { ...running, deliveries: (running.deliveries ?? 0) + changes.length };
  });
}

/** Adds saved views that are not there, and leaves out what is none. */
export function writeRestoredViews(
  db: JobdeckDatabase,
  restoreId: string,
  records: readonly BackupRecord[],
): Promise<ImportRow> {
  return changeRunning(db, restoreId, async (running) => {
    const views = await addViews(db, records);
    return { ...running, views: [...(running.views ?? []), ...views] };
  });
}

/** @param change gives the restore as it is with what was written */
function changeRunning(
  db: JobdeckDatabase,
  restoreId: string,
  change: (running: ImportRow) => Promise<ImportRow>,
): Promise<ImportRow> {
  return db.change(async () => {
    const running = await db.imports.get(restoreId);
    if (running?.state !== 'running') {
      throw new AppError('conflict', 'Expected the restore to go on, but it is being undone.');
    }
    const after = await change(running);
    await db.imports.put(after);
    return after;
  });
}

async function countRunning(
  db: JobdeckDatabase,
  restoreId: string,
  change: () => Promise<ImportCounts>,
): Promise<ImportCounts> {
  let counts = noImportCounts();
  await changeRunning(db, restoreId, async (running) => {
    counts = await change();
    return { ...running, counts: sumOf(running.counts, counts) };
  });
  return counts;
}

async function keepReplaced(
  db: JobdeckDatabase,
  importId: string,
  changes: readonly RowChange[],
): Promise<void> {
  const replaced = changes.flatMap(({ before }): ReplacedRow | [] =>
    before === undefined ? [] : { importId, id: before.id, row: before },
  );
  await db.replaced.bulkPut(replaced);
}

/** The row of a record; the runner of now knows nothing of it. */
function restoredRow(record: JobRecord, importId: string, isOwn: boolean, now: string): JobRowDraft {
  const { job, origin, approvedAtMs, journalId } = record;
  const wasInRunner = isActive(job.status) && journalId !== null;
  return toRow(wasInRunner ? interrupted(job, now) : job, {
    importId,
    ...(isOwn ? { origin, approvedAtMs } : { origin: 'imported', approvedAtMs: null }),
  });
}
