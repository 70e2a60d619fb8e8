/** How a record leaves the application: one line, the schema's order of keys, strictly valid. */
import { AppError } from '#shared/app-error.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { inSchemaOrder } from '#shared/job/new-job.ts';
import { checkJob } from '../validators/index.ts';

/**
 * The record as one line of JSON, without a line break at its end. The same record always gives the same bytes.
 * @throws AppError `invalid-document` where it is not strictly valid: nothing else ever leaves
 */
export function writeDocument(job: BatchJob): string {
  const [problem] = checkJob(job);
  if (problem !== undefined) {
    const place = problem.path === '' ? '' : ` at ${problem.path}`;
    throw new AppError('invalid-document', `Expected a valid record ${job.id}${place}: ${problem.message}`);
  }
  return JSON.stringify(inSchemaOrder(job));
}
