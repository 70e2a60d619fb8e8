/** The jobs of the files that `run` was given, or why none of them is run. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import type { BatchJob, BatchJobDocument } from '#shared/job/batch-job.ts';
import { completeDocument, type Origin } from '#shared/job/new-job.ts';
import { checkedDocuments, type ReadDocument } from '../../adapters/documents/checked-documents.ts';
import type { DocumentSource } from '../../adapters/documents/document-source.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { createRequestCheck } from './check-request.ts';

const MAX_TOLD = 50;

/**
 * Reads all files to their end.
 * @throws AppError `invalid-document` naming file, line, path and what was expected for everything that is wrong
 */
export async function readJobs(sources: readonly DocumentSource[]): Promise<BatchJob[]> {
  const origin: Origin = { now: SYSTEM_CLOCK.now(), uuid: randomUUID, by: null };
  const jobs: BatchJob[] = [];
  const wrong: string[] = [];
  const checkRequest = createRequestCheck(origin.now);
  const firstSeen = new Map<string, string>();
  const take = (read: ReadDocument): void => {
    const { file, line } = read.checked;
    const place = `${file}:${line}`;
    const problems = problemsOf(read, checkRequest);
    if (problems.length > 0) {
      wrong.push(...problems.map((problem) => `${place}: ${problem}`));
      return;
    }
    // Run as it is written: what an import would settle, such as a status of pending, is right here.
    const job = completeDocument(read.parsed.value as BatchJobDocument, origin);
    const seen = firstSeen.get(job.id);
    if (seen !== undefined)
      wrong.push(`${place}: /id: Expected each id once, got "${job.id}" again (first at ${seen}).`);
    firstSeen.set(job.id, place);
    jobs.push(job);
  };
  for (const source of sources) {
    for await (const found of checkedDocuments(source, origin, { takesRequests: false })) {
      found.forEach(take);
    }
  }
  if (wrong.length > 0) throw new AppError('invalid-document', told(wrong));
  return jobs;
}

function problemsOf(
  { parsed, checked }: ReadDocument,
  checkRequest: ReturnType<typeof createRequestCheck>,
): string[] {
  const { valid, errors, job } = checked;
  if (valid) return sentences(checkRequest(parsed.value as BatchJobDocument));
  if (job === null) return sentences(errors);
  return [
    ...sentences(errors),
    'This document can be repaired: "validate" lists how, and an import in the window does it.',
  ];
}

function sentences(problems: readonly DocumentProblem[]): string[] {
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
}

function told(wrong: readonly string[]): string {
  const shown = wrong.slice(0, MAX_TOLD);
  if (wrong.length > MAX_TOLD)
    shown.push(`... and ${wrong.length - MAX_TOLD} more. "validate" lists them all.`);
  return `${shown.join('\n')}\nNothing was run.`;
}
