/** Where an attempt's files are. A job id is never trusted as a name: see `nameFor`. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isWholeJobId } from '#shared/job/job-id.ts';

/** `<data>/output/<shard>/<name>`: shards keep a folder from holding a million entries. */
export function jobDirectory(dataDirectory: string, jobId: JobId): string {
  const name = nameFor(jobId);
  const shard = isPlain(jobId) ? jobId.slice(jobId.indexOf('-') + 1).slice(0, 2) : name.slice(2, 4);
  return join(dataDirectory, 'output', shard, name);
}

/**
 * The folder of one attempt.
 * @throws AppError `bad-request` where `attempt` is not a whole number from 1
 */
export function attemptDirectory(dataDirectory: string, jobId: JobId, attempt: number): string {
  if (!Number.isSafeInteger(attempt) || attempt < 1) {
    throw new AppError(
      'bad-request',
      `Expected an attempt's number to be a whole number from 1, got ${attempt}.`,
    );
  }
  return join(jobDirectory(dataDirectory, jobId), String(attempt));
}

/**
 * The id itself where it is a whole one, else a hash: the schema lets `job-12345678/../..` pass. Upper-case
 * ids are hashed too, for two ids that differ in case alone are one name on many file systems.
 */
export function nameFor(jobId: JobId): string {
  return isPlain(jobId) ? jobId : `x-${createHash('sha256').update(jobId).digest('hex')}`;
}

function isPlain(jobId: JobId): boolean {
  return isWholeJobId(jobId) && jobId === jobId.toLowerCase();
}
