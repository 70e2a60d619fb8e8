/** Where an attempt's files are. A job id is never trusted as a name: see `nameFor`. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isWholeJobId } from '#shared/job/job-id.ts';
import type { AttemptKey } from '../../core/ports.ts';

/** `<data>/output/<shard>/<name>`: shards keep a folder from holding a million entries. */
export function jobDirectory(dataDirectory: string, jobId: JobId): string {
  const name = nameFor(jobId);
  const shard = isPlain(jobId) ? jobId.slice(jobId.indexOf('-') + 1).slice(0, 2) : name.slice(2, 4);
  return join(dataDirectory, 'output', shard, name);
}

/** How many items of a batch share a folder. */
export const ITEMS_A_FOLDER = 1000;

/**
 * The folder of one attempt: `<job>/<attempt>`, of an item `<job>/items/<thousands>/<index>.<attempt>`.
 * @throws AppError `bad-request` where `attempt` is not a whole number from 1, or `item` not one from 0
 */
export function attemptDirectory(dataDirectory: string, { jobId, attempt, item }: AttemptKey): string {
  const job = jobDirectory(dataDirectory, jobId);
  const number = wholeNumber("an attempt's number", attempt, 1);
  if (item === undefined) return join(job, String(number));
  const index = wholeNumber("an item's index", item, 0);
  // One folder an item and attempt, not two: making and removing them is most of what a short item costs.
  return join(job, 'items', String(Math.floor(index / ITEMS_A_FOLDER)), `${index}.${number}`);
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

function wholeNumber(what: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new AppError('bad-request', `Expected ${what} to be a whole number from ${least}, got ${value}.`);
}
