/** The jobs of the files that `run` was given, or why none of them is run. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { DocumentProblem } from '#shared/contract/documents.ts';
import type { BatchJob, BatchJobDocument } from '#shared/job/batch-job.ts';
import { completeDocument, type Origin } from '#shared/job/new-job.ts';
import { checkParsed } from '../../adapters/documents/check-parsed.ts';
import { type ParsedDocument, parseDocument } from '../../adapters/documents/parse-document.ts';
import { readDocuments } from '../../adapters/documents/read-documents.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import type { Source } from '../sources.ts';
import { createRequestCheck } from './check-request.ts';

const MAX_TOLD = 50;

/**
 * Reads all files to their end.
 * @throws AppError `invalid-document` naming file, line, path and what was expected for everything that is wrong
 */
export async function readJobs(sources: readonly Source[]): Promise<BatchJob[]> {
  const origin: Origin = { now: SYSTEM_CLOCK.now(), uuid: randomUUID, by: null };
  const jobs: BatchJob[] = [];
  const wrong: string[] = [];
  const checkRequest = createRequestCheck(origin.now);
  const firstSeen = new Map<string, string>();
  for (const { file, chunks } of sources) {
    for await (const raw of readDocuments(chunks())) {
      const parsed = parseDocument(raw);
      const place = `${file}:${parsed.line}`;
      const problems = problemsOf(parsed, file, origin, checkRequest);
      if (problems.length > 0) {
        wrong.push(...problems.map((problem) => `${place}: ${problem}`));
        continue;
      }
      // Run as it is written: what an import would settle, such as a status of pending, is right here.
      const job = completeDocument(parsed.value as BatchJobDocument, origin);
      const seen = firstSeen.get(job.id);
      if (seen !== undefined)
        wrong.push(`${place}: /id: Expected each id once, got "${job.id}" again (first at ${seen}).`);
      firstSeen.set(job.id, place);
      jobs.push(job);
    }
  }
  if (wrong.length > 0) throw new AppError('invalid-document', told(wrong));
  return jobs;
}

function problemsOf(
  parsed: ParsedDocument,
  file: string,
  origin: Origin,
  checkRequest: ReturnType<typeof createRequestCheck>,
): string[] {
  const { valid, errors, job } = checkParsed(parsed, file, origin);
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
