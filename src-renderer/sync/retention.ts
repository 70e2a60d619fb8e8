/** Keeping the history to its rules: looking at what would go, and letting it go. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { unwrap } from '#shared/contract/result.ts';
import { RETENTION_STATUSES, type RetentionRules, type RetentionStatus } from '#shared/contract/retention.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type CleanUpNote, keepCleanUpNote } from '../db/clean-up-note.ts';
import { purge, restore, trash } from '../db/commands.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { allJobs } from '../db/queries.ts';
import { type Doomed, retentionPages } from '../db/retention-pages.ts';

export interface RetentionContext {
  api: Pick<JobdeckApi, 'outputSizes' | 'dropOutput'>;
  db: JobdeckDatabase;
}

export interface RetentionOptions {
  nowMs?: number;
  /** Called after each page with how many jobs were looked at so far. */
  onProgress?: (looked: number) => void;
  /** Stops between two pages: a look at what would go with an error, a clean-up with what it has done. */
  signal?: AbortSignal;
  pageSize?: number;
}

export interface CleanUpOptions extends RetentionOptions {
  /** Called at the end where something went, also where it was stopped or failed on the way: it is gone then. */
  onCleaned?: (note: CleanUpNote) => void;
}

export interface WouldGo {
  jobs: number;
  /** Jobs that would stay, without their output. */
  outputs: number;
  /** Of output, of both. */
  bytes: number;
  /** Of all of them; null where there are none. */
  oldestMs: number | null;
  newestMs: number | null;
}

export interface RetentionPreview {
  byStatus: Record<RetentionStatus, WouldGo>;
  /** The first of them, the newest first. */
  first: Doomed[];
}

const SHOWN = 200;

/** What the rules would make go now, with nothing changed. */
export async function previewRetention(
  context: RetentionContext,
  rules: RetentionRules,
  options: RetentionOptions = {},
): Promise<RetentionPreview> {
  const byStatus = Object.fromEntries(RETENTION_STATUSES.map((status) => [status, nothing()]));
  const preview = { byStatus, first: [] } as unknown as RetentionPreview;
  for await (const doomed of pages(context, rules, options)) {
    options.signal?.throwIfAborted();
    for (const each of doomed) count(preview.byStatus[each.row.status as RetentionStatus], each);
    preview.first.push(...doomed.slice(0, SHOWN - preview.first.length));
  }
  return preview;
}

/** All of them together. */
export function totalOf({ byStatus }: Pick<RetentionPreview, 'byStatus'>): WouldGo {
  return Object.values(byStatus).reduce((sum, each) => ({
    jobs: sum.jobs + each.jobs,
    outputs: sum.outputs + each.outputs,
    bytes: sum.bytes + each.bytes,
    oldestMs: extreme(Math.min, sum.oldestMs, each.oldestMs),
    newestMs: extreme(Math.max, sum.newestMs, each.newestMs),
  }));
}

/**
 * Puts in the trash what the rules make go, from where it can be brought back until it is cleared away; output that
 * goes while its job stays is gone at once. A note of it is kept, however it ends.
 * @throws AppError where the history or the runner fails; what went before that is told to `onCleaned`
 */
export async function cleanUp(
  context: RetentionContext,
  rules: RetentionRules,
  isAutomatic: boolean,
  options: CleanUpOptions = {},
): Promise<CleanUpNote> {
  const { db } = context;
  const { nowMs: atMs = Date.now(), onCleaned, signal } = options;
  const note: CleanUpNote = { atMs, jobs: 0, outputs: 0, bytes: 0, isAutomatic, isWhole: false };
  try {
    for await (const doomed of pages(context, rules, { ...options, nowMs: atMs })) {
      if (signal?.aborted) return note;
      await cleanPage(context, doomed, note);
    }
    note.isWhole = true;
    return note;
  } finally {
    const wentSomething = note.jobs + note.outputs > 0;
    if (wentSomething) onCleaned?.(note);
    if (wentSomething || note.isWhole) await keepCleanUpNote(db, note);
  }
}

async function cleanPage(
  { api, db }: RetentionContext,
  doomed: readonly Doomed[],
  note: CleanUpNote,
): Promise<void> {
  const gone = new Set(await trash(db, idsOf(doomed, 'goes'), note.atMs));
  note.jobs += gone.size;
  note.bytes += bytesOf(doomed, gone);
  const losing = idsOf(doomed, 'loses-output');
  if (losing.length === 0) return;
  const refused = new Set(unwrap(await api.dropOutput({ ids: losing })).refused);
  const lost = new Set(losing.filter((id) => !refused.has(id)));
  note.outputs += lost.size;
  note.bytes += bytesOf(doomed, lost);
}

/**
 * Brings back the jobs that went with a clean-up, as long as they are in the trash.
 * @returns how many are back
 */
export async function undoCleanUp(db: JobdeckDatabase, note: CleanUpNote): Promise<number> {
  let back = 0;
  for await (const ids of trashedBy(db, note)) back += (await restore(db, ids)).length;
  return back;
}

/** Deletes the jobs that went with a clean-up for good, and no others that are in the trash. */
export async function clearAwayCleanUp(
  db: JobdeckDatabase,
  api: Pick<JobdeckApi, 'forgetJobs'>,
  note: CleanUpNote,
): Promise<void> {
  for await (const ids of trashedBy(db, note)) await purge(db, api, ids);
}

async function* trashedBy(db: JobdeckDatabase, { atMs }: CleanUpNote): AsyncGenerator<JobId[]> {
  for await (const rows of allJobs(db, { filter: 'trash', search: '' })) {
    const ids = rows.filter(({ deletedAtMs }) => deletedAtMs === atMs).map(({ id }) => id);
    if (ids.length > 0) yield ids;
  }
}

async function* pages(
  { api, db }: RetentionContext,
  rules: RetentionRules,
  { nowMs = Date.now(), onProgress, pageSize }: RetentionOptions,
): AsyncGenerator<Doomed[]> {
  const sizes = async (ids: readonly JobId[]) =>
    ids.length === 0 ? [] : unwrap(await api.outputSizes({ ids: [...ids] })).sizes;
  let looked = 0;
  for await (const page of retentionPages(db, sizes, rules, nowMs, pageSize)) {
    yield page.doomed;
    looked += page.looked;
    onProgress?.(looked);
  }
}

function idsOf(doomed: readonly Doomed[], fate: Doomed['fate']): JobId[] {
  return doomed.filter((each) => each.fate === fate).map(({ row }) => row.id);
}

function bytesOf(doomed: readonly Doomed[], ids: ReadonlySet<JobId>): number {
  return doomed.reduce((sum, { row, outputBytes }) => (ids.has(row.id) ? sum + outputBytes : sum), 0);
}

function nothing(): WouldGo {
  return { jobs: 0, outputs: 0, bytes: 0, oldestMs: null, newestMs: null };
}

function count(sum: WouldGo, { fate, outputBytes, endedAtMs }: Doomed): void {
  sum[fate === 'goes' ? 'jobs' : 'outputs'] += 1;
  sum.bytes += outputBytes;
  sum.oldestMs = extreme(Math.min, sum.oldestMs, endedAtMs);
  sum.newestMs = extreme(Math.max, sum.newestMs, endedAtMs);
}

function extreme(
  choose: (one: number, other: number) => number,
  one: number | null,
  other: number | null,
): number | null {
  if (one === null || other === null) return one ?? other;
  return choose(one, other);
}
