/** Asks the application whether a text is one document that can be kept. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJson } from '#shared/json/parse-json.ts';

export interface DocumentCheck {
  /** The record it would become; null where it can not be kept. */
  job: BatchJob | null;
  problems: { path: string; message: string; severity: 'error' | 'warning' }[];
  /** The first thing that is wrong, or null. */
  sentence: string | null;
}

export async function checkOneDocument(
  api: Pick<JobdeckApi, 'checkDocument'>,
  text: string,
): Promise<DocumentCheck> {
  const answer = unwrap(await api.checkDocument({ text }));
  const documents = parseJson(answer.documents) as CheckedDocument[];
  const [document] = documents;
  if (document === undefined || documents.length > 1) {
    const message = `Expected one document, got ${documents.length === 0 ? 'none' : documents.length}.`;
    return { job: null, problems: [{ path: '', message, severity: 'error' }], sentence: message };
  }
  const problems: DocumentCheck['problems'] = [
    ...document.errors.map((error) => ({ ...error, severity: 'error' as const })),
    ...document.repairs.map((repair) => ({ ...repair, severity: 'warning' as const })),
  ];
  // A repair makes it right, and is still to be seen by who wrote it: only what can't be repaired is in the way.
  const [first] = document.job === null ? document.errors : [];
  return { job: document.job, problems, sentence: first ? sentenceOf(first) : null };
}

function sentenceOf({ path, message }: { path: string; message: string }): string {
  return path === '' ? message : `${path}: ${message}`;
}
