/** Handing jobs to the runner, and asking it to stop. */
import type { Consent, SubmitRequest } from '#shared/contract/jobs.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { type JobId, parseJobId } from '#shared/job/job-id.ts';
import type { EndedDependency } from '#shared/job/jobdeck-metadata.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { rerunOf } from '#shared/job/new-job.ts';
import { approve, saveJobs } from '../db/commands.ts';
import { isInRunner, type JobRow } from '../db/job-row.ts';
import { jobsByIds } from '../db/queries.ts';
import { localOriginsOf } from '../words/callback-target.ts';
import type { SyncContext } from './context.ts';

export interface RunReport {
  submitted: JobId[];
  /** Imported and not approved: nothing of these was handed over. Show what would run, approve, call again. */
  needsApproval: JobRow[];
  refused: { id: JobId; message: string }[];
}

/**
 * Hands saved jobs to the runner. What was imported and not approved is given back instead; with consent
 * `reviewed`, which says that the person was shown what would run, it is approved first.
 * @throws AppError where the runner could not be asked; jobs it took before show up through their events
 */
export async function runJobs(
  { api, db }: SyncContext,
  ids: readonly JobId[],
  consent?: Consent,
): Promise<RunReport> {
  const report = noReport();
  for (const page of pagesOf([...new Set(ids)])) {
    if (consent === 'reviewed') await approveImported({ api, db }, page);
    const rows = await jobsByIds(db, page);
    report.refused.push(...missing(page, rows));
    const runnable = sortOut(rows, whyNotRunnable, report);
    await submit({ api, db }, runnable, report);
  }
  return report;
}

/**
 * Runs jobs once more, each as a new job that names the earlier one. What its owner wrote or approved needs no new
 * approval; nothing is made of a job that needs one.
 * @param profileId the local profile, the new jobs' owner
 * @param copyOf what is made of each: all of it once more, or of a batch what failed (`rerunFailedOf`)
 */
export async function runAgain(
  { api, db }: SyncContext,
  ids: readonly JobId[],
  profileId: string,
  copyOf: typeof rerunOf = rerunOf,
): Promise<RunReport> {
  const report = noReport();
  for (const page of pagesOf([...new Set(ids)])) {
    const rows = await jobsByIds(db, page);
    report.refused.push(...missing(page, rows));
    const origin = { now: new Date().toISOString(), uuid: () => crypto.randomUUID(), by: profileId };
    const copies = sortOut(rows, whyNoTask, report).map(({ job, origin: from, approvedAtMs }) => ({
      job: copyOf(job, origin),
      facts: { origin: from, approvedAtMs },
    }));
    await submit({ api, db }, await saveJobs(db, copies), report);
  }
  return report;
}

/**
 * Asks for pending and running jobs to end. They show as cancelled once their processes are gone.
 * @returns the ids the runner was asked about, and those it does not have
 */
export async function cancelJobs(
  { api }: Pick<SyncContext, 'api'>,
  ids: readonly JobId[],
): Promise<{ requested: JobId[]; unknown: JobId[] }> {
  const report = { requested: [] as JobId[], unknown: [] as JobId[] };
  for (const page of pagesOf([...new Set(ids)])) {
    const { requested, unknown } = unwrap(await api.cancelJobs({ ids: page }));
    report.requested.push(...requested);
    report.unknown.push(...unknown);
  }
  return report;
}

function noReport(): RunReport {
  return { submitted: [], needsApproval: [], refused: [] };
}

function pagesOf<T>(list: readonly T[]): T[][] {
  const pages: T[][] = [];
  for (let start = 0; start < list.length; start += MAX_PAGE) pages.push(list.slice(start, start + MAX_PAGE));
  return pages;
}

async function approveImported({ db }: SyncContext, ids: readonly JobId[]): Promise<void> {
  const rows = await jobsByIds(db, ids);
  await approve(
    db,
    rows.filter((row) => row.origin === 'imported').map((row) => row.id),
  );
}

function missing(ids: readonly JobId[], rows: readonly JobRow[]): RunReport['refused'] {
  const found = new Set(rows.map((row) => row.id));
  return ids
    .filter((id) => !found.has(id))
    .map((id) => ({ id, message: `${id} is no longer in the history.` }));
}

/** The rows that may be handed over; the others go into the report. */
function sortOut(
  rows: readonly JobRow[],
  whyNot: (row: JobRow) => string | null,
  report: RunReport,
): JobRow[] {
  return rows.filter((row) => {
    const message = whyNot(row);
    if (message !== null) report.refused.push({ id: row.id, message });
    else if (row.origin === 'imported' && row.approvedAtMs === null) report.needsApproval.push(row);
    else return true;
    return false;
  });
}

function whyNoTask(row: JobRow): string | null {
  if (row.bucket === 'trash') return `"${row.name}" is deleted. Undo the deletion to run it.`;
  if (jobdeckOf(row.job)?.task === undefined) return `"${row.name}" has no task. Give it one to run it.`;
  return null;
}

function whyNotRunnable(row: JobRow): string | null {
  if (isInRunner(row)) return `"${row.name}" is already ${row.status}.`;
  if (isTerminal(row.status))
    return `"${row.name}" has already ended. Use "Run again", which makes a new job.`;
  if (row.status === 'running') {
    return `"${row.name}" was running elsewhere when it was exported. Use "Run again", which makes a new job.`;
  }
  return whyNoTask(row);
}

/** Consent is per request: what the person wrote and what the person reviewed go apart. */
async function submit({ api, db }: SyncContext, rows: readonly JobRow[], report: RunReport): Promise<void> {
  for (const [origin, consent] of [
    ['author', 'author'],
    ['imported', 'reviewed'],
  ] as const) {
    const all = rows.filter((row) => row.origin === origin).map((row) => row.job);
    for (const jobs of byDependencies(all)) {
      const ended = await endedDependencies(db, jobs);
      const request: SubmitRequest = { jobs, consent, ...(ended.length > 0 && { ended }) };
      // The approval showed where each callback goes, and which of them stay on this machine or in its network.
      const local = consent === 'reviewed' ? localOriginsOf(jobs.map((job) => job.callback_url)) : [];
      if (local.length > 0) request.localCallbacks = local;
      const answer = unwrap(await api.submitJobs(request));
      report.submitted.push(...answer.accepted);
      report.refused.push(...answer.refused.map(({ id, error }) => ({ id, message: error.message })));
    }
  }
}

/** The jobs in their order, in parts that wait for at most `MAX_PAGE` others together: one alone may wait for more. */
function byDependencies(jobs: readonly BatchJob[]): BatchJob[][] {
  const parts: BatchJob[][] = [];
  let room = 0;
  for (const job of jobs) {
    const count = dependenciesOf(job).length;
    const part = parts.at(-1);
    if (part === undefined || count > room) {
      parts.push([job]);
      room = MAX_PAGE - count;
    } else {
      part.push(job);
      room -= count;
    }
  }
  return parts;
}

function dependenciesOf(job: BatchJob): readonly string[] {
  return jobdeckOf(job)?.after ?? [];
}

/** Of the jobs that these wait for, those that have ended: the runner forgets them once the history has them. */
async function endedDependencies(
  db: SyncContext['db'],
  jobs: readonly BatchJob[],
): Promise<EndedDependency[]> {
  const ids = jobs.flatMap(dependenciesOf).map(parseJobId);
  const rows = await jobsByIds(
    db,
    ids.filter((id) => id !== null),
  );
  return rows.filter((row) => isTerminal(row.status)).map(({ id, status }) => ({ id, status }));
}
