/** The form of a new job and its document: two views of one text. Pure. */
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { JOBDECK_METADATA_VERSION, type JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';

export type DraftKind = 'shell' | 'program' | 'script';

export interface DraftForm {
  /** Null for a task that this form does not know: it is edited as JSON. */
  kind: DraftKind | null;
  name: string;
  tags: string[];
  notes: string;
  shell: string;
  program: string;
  args: string[];
  interpreter: string;
  source: string;
  cwd: string;
  env: Record<string, string>;
  stdin: string;
  timeoutMs: number | null;
  onInterrupt: 'fail' | 'rerun';
  callbackUrl: string;
}

export const EMPTY_DOCUMENT: BatchJobDocument = {
  job_type: 'job',
  metadata: { jobdeck: { version: JOBDECK_METADATA_VERSION, task: { kind: 'command', shell: '' } } },
};

/** The document as the editor shows it. */
export function draftText(document: BatchJobDocument): string {
  return JSON.stringify(document, null, 2);
}

/** The document of a text, or null while it is not an object of JSON. */
export function parseDraft(text: string): BatchJobDocument | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as BatchJobDocument) : null;
  } catch {
    // Half typed: the editor says where.
    return null;
  }
}

/** What the form shows of a document; whatever has an unexpected type shows as empty, and is said by the check. */
export function formOf(document: BatchJobDocument): DraftForm {
  const metadata: unknown = document.metadata;
  const jobdeck = isObject(metadata) && isObject(metadata.jobdeck) ? metadata.jobdeck : {};
  const task = isObject(jobdeck.task) ? jobdeck.task : {};
  return {
    kind: kindOf(task),
    name: text(jobdeck.name),
    tags: texts(jobdeck.tags),
    notes: text(jobdeck.notes),
    shell: text(task.shell),
    program: text(task.program),
    args: texts(task.args),
    interpreter: text(task.interpreter),
    source: text(task.source),
    cwd: text(task.cwd),
    env: isObject(task.env)
      ? Object.fromEntries(Object.entries(task.env).map(([name, value]) => [name, text(value)]))
      : {},
    stdin: text(task.stdin),
    timeoutMs: typeof jobdeck.timeout_ms === 'number' ? jobdeck.timeout_ms : null,
    onInterrupt: jobdeck.on_interrupt === 'rerun' ? 'rerun' : 'fail',
    callbackUrl: text(document.callback_url),
  };
}

/** The document with what was changed in the form. What the form does not show stays; what is empty goes. */
export function withForm(document: BatchJobDocument, change: Partial<DraftForm>): BatchJobDocument {
  const form = { ...formOf(document), ...change };
  const metadata = isObject(document.metadata) ? document.metadata : {};
  const { name, tags, notes, timeout_ms, on_interrupt, task, ...others } = (metadata.jobdeck ??
    {}) as Partial<JobdeckMetadata>;
  const jobdeck = {
    ...others,
    version: others.version ?? JOBDECK_METADATA_VERSION,
    ...(form.name !== '' && { name: form.name }),
    ...(form.tags.length > 0 && { tags: form.tags }),
    ...(form.notes !== '' && { notes: form.notes }),
    ...(form.timeoutMs !== null && { timeout_ms: form.timeoutMs }),
    ...(form.onInterrupt === 'rerun' && { on_interrupt: form.onInterrupt }),
    ...(form.kind === null ? task !== undefined && { task } : { task: taskOf(form, form.kind) }),
  } as JobdeckMetadata;
  const { callback_url: _, ...rest } = document;
  return {
    ...rest,
    metadata: { ...metadata, jobdeck },
    ...(form.callbackUrl !== '' && { callback_url: form.callbackUrl }),
  };
}

function taskOf(form: DraftForm, kind: DraftKind): Task {
  const shared = {
    ...(form.cwd !== '' && { cwd: form.cwd }),
    ...(Object.keys(form.env).length > 0 && { env: form.env }),
    ...(form.stdin !== '' && { stdin: form.stdin }),
  };
  switch (kind) {
    case 'shell':
      return { kind: 'command', shell: form.shell, ...shared };
    case 'program':
      return {
        kind: 'command',
        program: form.program,
        ...(form.args.length > 0 && { args: form.args }),
        ...shared,
      };
    case 'script':
      return { kind: 'script', interpreter: form.interpreter, source: form.source, ...shared };
  }
}

function kindOf(task: Record<string, unknown>): DraftKind | null {
  if (task.kind === 'script') return 'script';
  if (task.kind === 'command') return 'program' in task ? 'program' : 'shell';
  return task.kind === undefined ? 'shell' : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
