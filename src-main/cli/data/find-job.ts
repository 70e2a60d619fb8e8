/** Jobs by the beginning of their id. */
import { AppError } from '#shared/app-error.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';

const MAX_TOLD = 5;

/**
 * The one job whose id is `text` or begins with it; the `job-` or `run-` before it may be left out.
 * @throws AppError `not-found` where none or more than one does
 */
export function findJob(reader: DataReader, text: string): BatchJob {
  const id = idOf(reader, text);
  const job = reader.find(id);
  if (job === undefined) throw none(text);
  return job;
}

function idOf(reader: DataReader, text: string): JobId {
  const isWhole = text.startsWith('job-') || text.startsWith('run-');
  const starts = isWhole ? [text] : [`job-${text}`, `run-${text}`];
  const found = starts.flatMap((start) => reader.idsFrom(start, MAX_TOLD + 1));
  const exact = found.find((id) => starts.includes(id));
  const [first, ...others] = exact === undefined ? found : [exact];
  if (first === undefined) throw none(text);
  if (others.length === 0) return first;
  const told = found.slice(0, MAX_TOLD).join(', ');
  const more = found.length > MAX_TOLD ? ' and more' : '';
  throw new AppError(
    'not-found',
    `Expected the beginning of one id, got ${JSON.stringify(text)}: ${told}${more}.`,
  );
}

function none(text: string): AppError {
  return new AppError(
    'not-found',
    `Expected the id of a job, or its beginning, got ${JSON.stringify(text)}: "list" shows them.`,
  );
}
