/** What a list shows of a job. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemStatusCounts } from '#shared/job/items.ts';
import type { ItemCounts, JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { durationWords } from '../words.ts';
import { plain } from './table.ts';

export const JOB_HEADINGS = ['ID', 'STATUS', 'KIND', 'PROGRESS', 'CHANGED', 'NAME'] as const;

export interface ListContext {
  reader: Pick<DataReader, 'counts'>;
  shortId: (id: string) => string;
  /** False: nobody runs what the journal says is running. */
  isOwned: boolean;
  nowMs: number;
}

export function jobCells(job: BatchJob, { reader, shortId, isOwned, nowMs }: ListContext): string[] {
  const jobdeck = jobdeckOf(job);
  return [
    shortId(job.id),
    job.status === 'running' && !isOwned ? 'interrupted' : job.status,
    kindOf(jobdeck),
    jobdeck === undefined ? '' : progressOf(job, jobdeck, reader, nowMs),
    `${durationWords(Math.max(0, nowMs - Date.parse(job.updated_at ?? job.created_at)))} ago`,
    plain(jobdeck?.name ?? ''),
  ];
}

function kindOf(jobdeck: JobdeckMetadata | undefined): string {
  const kind = jobdeck?.task?.kind ?? 'no task';
  return jobdeck?.items === undefined ? kind : `${kind} batch`;
}

function progressOf(
  job: BatchJob,
  jobdeck: JobdeckMetadata,
  reader: ListContext['reader'],
  nowMs: number,
): string {
  if (jobdeck.items !== undefined) {
    const counts = reader.counts(job.id) ?? jobdeck.counts;
    if (counts !== undefined) return itemWords(counts);
  }
  if (job.status === 'pending') {
    const next = jobdeck.next_attempt_at ?? jobdeck.not_before;
    const waitMs = next ? Date.parse(next) - nowMs : 0;
    return waitMs > 0 ? `in ${durationWords(waitMs)}` : '';
  }
  if (isActive(job.status)) return '';
  if (jobdeck.error !== undefined) return jobdeck.error.code;
  return job.total_duration_ns === null ? '' : durationWords(job.total_duration_ns / 1e6);
}

/** Of the items themselves, or, where those are gone, of the record. */
function itemWords(counts: ItemStatusCounts | ItemCounts): string {
  const { completed, failed, cancelled } = counts;
  const ended = completed + failed + cancelled;
  const total = 'total' in counts ? counts.total : ended + counts.pending + counts.running;
  return `${ended} of ${total}${failed === 0 ? '' : `, ${failed} failed`}`;
}
