/** Jobs as rows of a spreadsheet: what the list shows of each, with the record's own names (RFC 4180). */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { csvLine } from './csv-line.ts';

const COLUMNS: Readonly<Record<string, (job: BatchJob) => string | number | null | undefined>> = {
  id: ({ id }) => id,
  name: (job) => jobdeckOf(job)?.name,
  status: ({ status }) => status,
  stop_reason: ({ stop_reason }) => stop_reason,
  job_type: ({ job_type }) => job_type,
  task: (job) => jobdeckOf(job)?.task?.kind,
  queue: (job) => jobdeckOf(job)?.queue,
  tags: (job) => jobdeckOf(job)?.tags?.join(' '),
  created_at: ({ created_at }) => created_at,
  updated_at: ({ updated_at }) => updated_at,
  completed_at: ({ completed_at }) => completed_at,
  total_duration_ns: ({ total_duration_ns }) => total_duration_ns,
  ttft_ns: ({ ttft_ns }) => ttft_ns,
  items_total: (job) => jobdeckOf(job)?.counts?.total,
  items_completed: (job) => jobdeckOf(job)?.counts?.completed,
  items_failed: (job) => jobdeckOf(job)?.counts?.failed,
  error_code: (job) => jobdeckOf(job)?.error?.code,
  error_message: (job) => jobdeckOf(job)?.error?.message,
  callback_url: ({ callback_url }) => callback_url,
  callback_status_code: ({ callback_status_code }) => callback_status_code,
};

/** The names of the columns, with a line break at the end as every row has. */
export const CSV_HEADER = csvLine(Object.keys(COLUMNS));

export function csvRow(job: BatchJob): string {
  return csvLine(Object.values(COLUMNS).map((column) => column(job)));
}
