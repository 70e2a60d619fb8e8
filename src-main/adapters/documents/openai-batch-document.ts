/** An input file of OpenAI's Batch API among the files of an import: one batch that makes its requests. */
import type { DocumentProblem } from '#shared/contract/documents.ts';
import { newJob, type Origin } from '#shared/job/new-job.ts';
import { openAiBatchJob } from '#shared/job/openai-batch.ts';
import { inspectOpenAiBatch } from '../openai-batch/inspect-openai-batch.ts';
import type { ReadDocument } from './checked-documents.ts';
import type { DocumentBytes } from './document-bytes.ts';
import type { DocumentSource } from './document-source.ts';
import { isFields } from './repairs.ts';

/** True for what no BatchJob is: a request, by the four properties that the API asks of each line. */
export function isOpenAiBatchLine(value: unknown): boolean {
  return isFields(value) && ['custom_id', 'method', 'url', 'body'].every((key) => Object.hasOwn(value, key));
}

/**
 * The batch of the whole file, in place of its lines. It reads the file when it runs, so it has to be one that a batch can
 * read: on the disk, not packed, in UTF-8.
 */
export async function openAiBatchDocument(
  { name: file, path }: DocumentSource,
  { isPacked, encoding }: DocumentBytes,
  origin: Origin,
): Promise<ReadDocument> {
  const where = { file, line: 1, index: 0, id: null };
  const refused = (errors: DocumentProblem[]): ReadDocument => ({
    parsed: {
      index: 0,
      line: 1,
      encoding: 'utf-8',
      value: undefined,
      problems: errors,
      repairs: [],
      hasOddText: false,
    },
    checked: { ...where, valid: false, errors, repairs: [], job: null },
  });
  if (path === null || isPacked || encoding !== 'utf-8')
    return refused([{ path: '', message: NO_PLAIN_FILE }]);
  const inspected = await inspectOpenAiBatch(path);
  if (inspected.problems.length > 0) {
    return refused(
      inspected.problems.map(({ line, message }) => ({ path: '', message: `${message} (line ${line})` })),
    );
  }
  const job = newJob(openAiBatchJob(inspected), origin, { jobType: 'batch' });
  const message = `Made one batch of its ${inspected.requests} requests, with the new id "${job.id}": choose in it where they are sent.`;
  return {
    parsed: {
      index: 0,
      line: 1,
      encoding: 'utf-8',
      value: job,
      problems: [],
      repairs: [],
      hasOddText: false,
    },
    checked: {
      ...where,
      valid: true,
      errors: [],
      repairs: [{ kind: 'given', path: '', message }],
      job,
    },
  };
}

const NO_PLAIN_FILE =
  "Expected an input file of OpenAI's Batch API to be a file in UTF-8 that is not packed, since its batch reads it when it runs: save it as one and choose that.";
