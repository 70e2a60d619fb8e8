/** What the main process says of documents: roughly, the real checks are its own. */
import type { CheckedDocument } from '#shared/contract/documents.ts';
import { type BatchJob, type BatchJobDocument, JOB_STATUSES, JOB_TYPES } from '#shared/job/batch-job.ts';
import { parseJobId } from '#shared/job/job-id.ts';
import { completeDocument } from '#shared/job/new-job.ts';

/** Checks a text that holds a document, an array or NDJSON: roughly, the real checks are the main process's. */
export function checkText(file: string, text: string): CheckedDocument[] {
  return split(text).map(({ line, value }, index) => check(file, line, index, value));
}

function split(text: string): { line: number; value: unknown }[] {
  try {
    const whole: unknown = JSON.parse(text);
    return (Array.isArray(whole) ? whole : [whole]).map((value) => ({ line: 1, value }));
  } catch {
    // Not one JSON value: one a line, then. A line that is none either is reported as a document that is wrong.
    return text.split('\n').flatMap((content, index) => {
      if (content.trim() === '') return [];
      try {
        return { line: index + 1, value: JSON.parse(content) as unknown };
      } catch {
        return { line: index + 1, value: undefined };
      }
    });
  }
}

function check(file: string, line: number, index: number, value: unknown): CheckedDocument {
  const place = { file, line, index, id: null, valid: false, errors: [], repairs: [], job: null };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message =
      value === undefined ? 'Expected JSON, got a line that is not.' : 'Expected a job document, an object.';
    return { ...place, errors: [{ path: '', message }] };
  }
  const document = { ...value } as BatchJobDocument;
  const id = typeof document.id === 'string' ? document.id : null;
  const repairs: CheckedDocument['repairs'] = [];
  const lowered = String(document.status).toLowerCase();
  if (document.status !== undefined && document.status !== lowered && includes(JOB_STATUSES, lowered)) {
    repairs.push({
      kind: 'status-elsewhere',
      path: '/status',
      message: `"${document.status}" is written "${lowered}".`,
    });
    document.status = lowered;
  }
  const errors = errorsOf(document);
  const job = errors.length === 0 ? complete(document) : null;
  return { ...place, id: job?.id ?? id, valid: errors.length + repairs.length === 0, errors, repairs, job };
}

function errorsOf(document: BatchJobDocument): CheckedDocument['errors'] {
  const errors: CheckedDocument['errors'] = [];
  const refuse = (path: string, expected: string, got: unknown) =>
    errors.push({ path, message: `Expected ${expected}, got ${JSON.stringify(got)}.` });
  const { id, status, job_type: jobType, created_at: createdAt } = document;
  if (id !== undefined && parseJobId(id) === null) refuse('/id', 'job-<uuid> or run-<uuid>', id);
  if (status !== undefined && !includes(JOB_STATUSES, status))
    refuse('/status', JOB_STATUSES.join(', '), status);
  if (jobType !== undefined && !includes(JOB_TYPES, jobType))
    refuse('/job_type', JOB_TYPES.join(', '), jobType);
  if (createdAt !== undefined && Number.isNaN(Date.parse(createdAt))) {
    refuse('/created_at', 'a time such as 2026-12-01T06:00:00Z', createdAt);
  }
  return errors;
}

function complete(document: BatchJobDocument): BatchJob {
  return completeDocument(document, {
    now: new Date().toISOString(),
    uuid: () => crypto.randomUUID(),
    by: null,
  });
}

function includes<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}
