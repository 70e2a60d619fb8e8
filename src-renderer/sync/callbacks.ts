/** Asking the runner to send callbacks, once more or elsewhere. */
import type { CallbackSend, CallbackSendReport } from '#shared/contract/callbacks.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type DeliveryCursor, deliveriesPage } from '../db/delivery-queries.ts';
import type { DeliveryRow } from '../db/delivery-row.ts';
import { jobsByIds } from '../db/queries.ts';
import type { SyncContext } from './context.ts';

/** A message carries whole records, which the runner may no longer have: fewer of them than ids. */
const PAGE = 100;

/** What is sent: a message that was made before, or (null) a new one of the job's end. */
export type SendTarget = Pick<CallbackSend, 'jobId' | 'deliveryId' | 'url'>;

/**
 * Sends messages now.
 * @throws AppError where the runner could not be asked; what it took before is sent
 */
export async function sendCallbacks(
  { api, db }: SyncContext,
  targets: readonly SendTarget[],
): Promise<CallbackSendReport> {
  const report: CallbackSendReport = { sent: [], refused: [] };
  for (let start = 0; start < targets.length; start += PAGE) {
    const page = targets.slice(start, start + PAGE);
    const rows = await jobsByIds(
      db,
      page.map(({ jobId }) => jobId),
    );
    const jobs = new Map<JobId, CallbackSend['job']>(rows.map((row) => [row.id, row.job]));
    const sends = page.map((target) => ({ ...target, job: jobs.get(target.jobId) ?? null }));
    const { sent, refused } = unwrap(await api.sendCallbacks({ sends }));
    report.sent.push(...sent);
    report.refused.push(...refused);
  }
  return report;
}

/** Those deliveries once more, to where they went. */
export function targetsOf(rows: readonly Pick<DeliveryRow, 'id' | 'jobId'>[]): SendTarget[] {
  return rows.map(({ id, jobId }) => ({ jobId, deliveryId: id, url: null }));
}

export interface ResendOptions {
  /** Called after each page with how many were looked at so far. */
  onProgress?: (done: number) => void;
  /** Stops between two pages; what was sent stays sent. */
  signal?: AbortSignal;
}

/**
 * Sends again all that were given up, the newest first, a page at a time. What is given up meanwhile is left out: it
 * would never come to an end where a receiver refuses at once.
 * @throws AppError as `sendCallbacks`
 */
export async function resendAbandoned(
  context: SyncContext,
  { onProgress, signal }: ResendOptions = {},
): Promise<CallbackSendReport> {
  const report: CallbackSendReport = { sent: [], refused: [] };
  const view = { state: 'abandoned', host: null, text: '', sinceMs: null } as const;
  let done = 0;
  let before: DeliveryCursor | null = null;
  do {
    if (signal?.aborted) break;
    const page: Awaited<ReturnType<typeof deliveriesPage>> = await deliveriesPage(context.db, view, {
      before,
      limit: PAGE,
    });
    const { sent, refused } = await sendCallbacks(context, targetsOf(page.rows));
    report.sent.push(...sent);
    report.refused.push(...refused);
    done += page.rows.length;
    onProgress?.(done);
    before = page.next;
  } while (before !== null);
  return report;
}
