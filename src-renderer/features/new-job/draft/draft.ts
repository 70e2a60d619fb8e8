/** The form of a new job and its document: two views of one text. Pure. */
import type { BatchJobDocument, JobType } from '#shared/job/batch-job.ts';
import { JOBDECK_METADATA_VERSION } from '#shared/job/jobdeck-metadata.ts';
import { ABOUT_FIELDS, type AboutForm } from './about.ts';
import { FAILURE_FIELDS, type FailureForm } from './failure.ts';
import { anything, type Fields, inJobdeck, readFields, writeFields } from './fields.ts';
import { HTTP_FIELDS, type HttpForm } from './http.ts';
import { ITEMS_FIELDS, type ItemsForm } from './items.ts';
import { MODEL_FIELDS, type ModelForm } from './model.ts';
import { valueAt, withValueAt } from './place.ts';
import {
  PROCESS_FIELDS,
  PROGRAM_FIELDS,
  type ProcessForm,
  type ProgramForm,
  SCRIPT_FIELDS,
  type ScriptForm,
  SHELL_FIELDS,
  type ShellForm,
} from './process.ts';
import { QUEUE_FIELDS, type QueueForm } from './queue.ts';
import { type DraftKind, kindOf, withKind } from './task-kind.ts';
import { isObject, type JsonObject, jsonIn } from './values.ts';
import { WHEN_FIELDS, type WhenForm } from './when.ts';

interface TaskForm {
  /** The whole task: to give it another kind. */
  task: unknown;
}

export type DraftFields = AboutForm &
  TaskForm &
  ProcessForm &
  ShellForm &
  ProgramForm &
  ScriptForm &
  HttpForm &
  ModelForm &
  ItemsForm &
  WhenForm &
  QueueForm &
  FailureForm;

export interface DraftForm extends DraftFields {
  /** Null for a task that this form does not know. */
  kind: DraftKind | null;
}

const TASK = ['metadata', 'jobdeck', 'task'] as const;

// A whole comes before its parts: both may be changed at once.
const FIELDS: Fields<DraftFields> = {
  ...ABOUT_FIELDS,
  task: inJobdeck('task', anything),
  ...PROCESS_FIELDS,
  ...SHELL_FIELDS,
  ...PROGRAM_FIELDS,
  ...SCRIPT_FIELDS,
  ...HTTP_FIELDS,
  ...MODEL_FIELDS,
  ...ITEMS_FIELDS,
  ...WHEN_FIELDS,
  ...QUEUE_FIELDS,
  ...FAILURE_FIELDS,
};

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
  const parsed = jsonIn(text);
  return isObject(parsed?.value) ? (parsed.value as BatchJobDocument) : null;
}

/** What the form shows of a document; whatever has an unexpected type shows as empty, and is said by the check. */
export function formOf(document: BatchJobDocument): DraftForm {
  return { ...readFields(FIELDS, document), kind: kindOf(valueAt(document, TASK)) };
}

/** The document with what was changed in the form. What the form does not show stays; what is empty goes. */
export function withForm(document: BatchJobDocument, change: Partial<DraftFields>): BatchJobDocument {
  const written = writeFields(FIELDS, document, change) as JsonObject;
  const version = valueAt(written, ['metadata', 'jobdeck', 'version']) ?? JOBDECK_METADATA_VERSION;
  const versioned = withValueAt(written, ['metadata', 'jobdeck', 'version'], version);
  const whole = withValueAt(versioned, TASK, withKind(valueAt(versioned, TASK))) as BatchJobDocument;
  return 'task' in change || 'items' in change ? typed(whole) : whole;
}

/** The type of record that the task makes it; a saved model profile is of a model call alone. */
function typed(document: BatchJobDocument): BatchJobDocument {
  const isModel = valueAt(document, [...TASK, 'kind']) === 'llm';
  const isBatch = valueAt(document, ['metadata', 'jobdeck', 'items']) !== undefined;
  const jobType: JobType = isBatch ? 'batch' : isModel ? 'run' : 'job';
  const withType = withValueAt(document as JsonObject, ['job_type'], jobType);
  return (isModel ? withType : withValueAt(withType, ['agent_id'], undefined)) as BatchJobDocument;
}
