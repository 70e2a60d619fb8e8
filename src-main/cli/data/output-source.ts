/** Which output file of a job `log` prints, and what the record has where there is none. */
import { AppError } from '#shared/app-error.ts';
import type { OutputRef, OutputStream } from '#shared/contract/output.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobResult } from '#shared/job/jobdeck-metadata.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';

export interface OutputChoice {
  item: number | null;
  /** Null for the last one. */
  attempt: number | null;
  stream: OutputStream;
}

export interface OutputSource {
  /** Null where no attempt has begun. */
  ref: OutputRef | null;
  /** True where nothing will be added to this output any more. */
  isOver: boolean;
  /** True where no other attempt will follow that is to be printed, too. */
  isLast: boolean;
  /** The beginning and end of the output, as the record has it: of the last attempt, once it has ended. */
  preview: string;
}

/**
 * What there is to print now.
 * @throws AppError `not-found` or `bad-request`
 */
export function outputSource(reader: DataReader, id: JobId, choice: OutputChoice): OutputSource {
  const job = reader.find(id);
  if (job === undefined) throw new AppError('not-found', `${id} is not there any more.`);
  const { item, stream } = choice;
  const own = item === null ? stateOfJob(job) : stateOfItem(reader, job, item);
  const attempt = choice.attempt ?? own.attempts;
  if (choice.attempt !== null && choice.attempt > own.attempts && own.hasEnded) {
    throw new AppError(
      'not-found',
      `Expected an attempt up to ${own.attempts} of ${id}, got ${choice.attempt}.`,
    );
  }
  const isPast = attempt < own.attempts || !own.isRunning;
  return {
    ref: attempt === 0 ? null : { jobId: id, attempt, stream, ...(item !== null && { item }) },
    isOver: attempt > 0 && isPast,
    isLast:
      own.hasEnded || (choice.attempt !== null && own.attempts > 0 && isPast && attempt <= own.attempts),
    preview: attempt === own.attempts ? (own.result?.[stream] ?? '') : '',
  };
}

interface State {
  /** How many were begun. */
  attempts: number;
  isRunning: boolean;
  hasEnded: boolean;
  result: JobResult | null | undefined;
}

function stateOfJob(job: BatchJob): State {
  const jobdeck = jobdeckOf(job);
  if (jobdeck?.items !== undefined) {
    throw new AppError(
      'bad-request',
      `${job.id} is a batch: its output is kept item by item, say which with --item N.`,
    );
  }
  return {
    attempts: jobdeck?.attempts?.at(-1)?.number ?? 0,
    isRunning: job.status === 'running',
    hasEnded: isTerminal(job.status),
    result: jobdeck?.result,
  };
}

function stateOfItem(reader: DataReader, job: BatchJob, index: number): State {
  const item = reader.item(job.id, index);
  if (item === undefined && !isTerminal(job.status)) {
    return { attempts: 0, isRunning: false, hasEnded: false, result: null };
  }
  if (item === undefined) throw new AppError('not-found', `${job.id} has no item ${index}.`);
  const { status, attempts, result } = item;
  const isRunning = status === 'running';
  return {
    attempts,
    isRunning,
    hasEnded: (status !== 'pending' && !isRunning) || isTerminal(job.status),
    result,
  };
}
