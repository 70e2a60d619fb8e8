/** Imports from text, and exports kept in memory. */
import { AppError } from '#shared/app-error.ts';
import type { ExportFormat, ImportPage } from '#shared/contract/channels.ts';
import type { CheckedDocument, ImportPreview } from '#shared/contract/documents.ts';
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
    repairs.push({ path: '/status', message: `"${document.status}" is written "${lowered}".` });
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

export class FakeImports {
  #open = new Map<string, CheckedDocument[]>();

  open(files: readonly { name: string; text: string }[]): ImportPreview {
    const documents = files.flatMap(({ name, text }) => checkText(name, text));
    const importId = crypto.randomUUID();
    this.#open.set(importId, documents);
    const repaired = documents.filter(({ job, valid }) => job !== null && !valid).length;
    return {
      importId,
      files: files.map(({ name, text }) => ({ name, sizeBytes: new TextEncoder().encode(text).length })),
      counts: {
        total: documents.length,
        valid: documents.filter(({ valid }) => valid).length,
        repaired,
        invalid: documents.filter(({ job }) => job === null).length,
      },
    };
  }

  page(importId: string, after: number, limit: number): ImportPage {
    const documents = this.#open.get(importId);
    if (documents === undefined)
      throw new AppError('not-found', 'Expected an import that is open, got none.');
    const end = after + limit;
    return { documents: documents.slice(after, end), next: end < documents.length ? end : null };
  }

  close(importId: string): void {
    this.#open.delete(importId);
  }

  get openCount(): number {
    return this.#open.size;
  }
}

export class FakeExports {
  /** The files that were finished, newest last. */
  readonly files: { path: string; text: string }[] = [];
  #open = new Map<string, { path: string; format: ExportFormat; jobs: BatchJob[] }>();

  begin(suggestedName: string, format: ExportFormat): { exportId: string; path: string } {
    const exportId = crypto.randomUUID();
    const path = `/home/you/${suggestedName}`;
    this.#open.set(exportId, { path, format, jobs: [] });
    return { exportId, path };
  }

  write(exportId: string, jobs: readonly BatchJob[]): void {
    this.#find(exportId).jobs.push(...jobs);
  }

  finish(exportId: string): { path: string; count: number; sizeBytes: number } {
    const { path, format, jobs } = this.#find(exportId);
    const text =
      format === 'array'
        ? JSON.stringify(jobs, null, 2)
        : jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
    this.#open.delete(exportId);
    this.files.push({ path, text });
    return { path, count: jobs.length, sizeBytes: new TextEncoder().encode(text).length };
  }

  cancel(exportId: string): void {
    this.#open.delete(exportId);
  }

  get openCount(): number {
    return this.#open.size;
  }

  #find(exportId: string) {
    const file = this.#open.get(exportId);
    if (file === undefined) throw new AppError('not-found', 'Expected an export that was begun, got none.');
    return file;
  }
}
