/**
 * The IPC contract: one map from a channel to its request and its answer, and one from a push to what it
 * carries. Channels are `noun:verb`; pushes are in the past tense. The schemas are in `channel-schemas.ts`.
 */
import type { BatchJob } from '../job/batch-job.ts';
import type { JobEvent } from '../job/events.ts';
import type { JobId } from '../job/job-id.ts';
import type { CheckedDocument, ImportPreview } from './documents.ts';
import type { AppErrorValue } from './result.ts';
import type { Settings } from './settings.ts';

/** No fields: the request of a channel that asks for nothing. */
export type Nothing = Record<string, never>;

export interface Channels {
  'app:info': { request: Nothing; response: AppInfo };

  /** Hands jobs to the runner. Answers when all that were accepted are durable. Idempotent by id. */
  'job:submit': { request: SubmitRequest; response: SubmitResponse };
  /** Asks for jobs to be cancelled; `cancelled` is recorded once the process tree is gone. */
  'job:cancel': { request: { ids: JobId[] }; response: { requested: JobId[]; unknown: JobId[] } };
  /** Drops what the runner still keeps of ended jobs: record, events, callback, output files. */
  'job:forget': { request: { ids: JobId[] }; response: { refused: JobId[] } };
  'runner:status': { request: Nothing; response: RunnerStatus };

  'outbox:pull': { request: PullRequest; response: PullResponse };
  'outbox:ack': { request: OutboxCursor; response: Nothing };
  /** All jobs the runner holds, a page at a time in the order of their ids. */
  'outbox:snapshot': { request: { after: JobId | null; limit: number }; response: SnapshotPage };

  /** A piece of an attempt's output file. */
  'output:read': { request: OutputRequest; response: OutputChunk };
  /** Shows an attempt's output file in the system's file manager. */
  'output:reveal': { request: OutputRef; response: Nothing };

  /** Checks text that holds a document, an array or NDJSON: for the JSON editor. */
  'document:check': { request: { text: string }; response: { documents: CheckedDocument[] } };

  /** Opens the file dialog; null when it was closed without a choice. */
  'import:choose': { request: Nothing; response: ImportPreview | null };
  'import:open': { request: { paths: string[] }; response: ImportPreview };
  'import:text': { request: { name: string; text: string }; response: ImportPreview };
  'import:page': { request: { importId: string; after: number; limit: number }; response: ImportPage };
  'import:close': { request: { importId: string }; response: Nothing };

  /** Opens the save dialog; null when it was closed without a choice. */
  'export:choose': { request: ExportRequest; response: { exportId: string; path: string } | null };
  'export:write': { request: { exportId: string; jobs: BatchJob[] }; response: Nothing };
  /** Syncs and renames: only now does the file exist under its name. */
  'export:finish': { request: { exportId: string }; response: ExportReport };
  'export:cancel': { request: { exportId: string }; response: Nothing };

  'settings:read': { request: Nothing; response: Settings };
  'settings:write': { request: Partial<Settings>; response: Settings };
}

export type Channel = keyof Channels;
export type RequestOf<C extends Channel> = Channels[C]['request'];
export type ResponseOf<C extends Channel> = Channels[C]['response'];

export interface Pushes {
  /** The doorbell: may be lost, the renderer also pulls now and then. */
  'outbox:grew': { journalId: string; seq: number };
  /** At most ten times a second. */
  'runner:changed': RunnerStatus;
  /** A notification was clicked: show this job. */
  'job:activated': { jobId: JobId };
  /** An item of the application menu was chosen. */
  'menu:chosen': { command: MenuCommand };
}

export type Push = keyof Pushes;

export const MENU_COMMANDS = ['new-job', 'import', 'export', 'find', 'settings', 'shortcuts'] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export interface AppInfo {
  name: string;
  version: string;
  platform: string;
  /** What runs the application, for the About text: "Electron 45.4.1" and the like. */
  runtime: string;
  /** The local profile, `user-<uuid4>`: goes into `created_by_id`. */
  profileId: string;
  dataDirectory: string;
  homeDirectory: string;
  cpuCount: number;
}

/**
 * How the jobs of a request came to be allowed to run: `author` where the person wrote them here, `reviewed`
 * where they were imported and the person approved what was shown. Without one of the two nothing runs.
 */
export const CONSENTS = ['author', 'reviewed'] as const;
export type Consent = (typeof CONSENTS)[number];

export interface SubmitRequest {
  jobs: BatchJob[];
  consent: Consent;
}

export interface SubmitResponse {
  accepted: JobId[];
  refused: { id: JobId; error: AppErrorValue }[];
}

export interface RunnerStatus {
  slots: number;
  running: number;
  pending: number;
  callbacksDue: number;
  /** A sentence while something keeps the runner from working, such as a full disk; null when all is well. */
  problem: string | null;
}

/** Up to where a reader has got in one journal. */
export interface OutboxCursor {
  journalId: string;
  seq: number;
}

export interface PullRequest {
  /** Null at the very first pull. */
  cursor: OutboxCursor | null;
  limit: number;
}

export type PullResponse =
  /** Events after the cursor, in order. `head` is the newest sequence number of the journal. */
  | { kind: 'events'; journalId: string; head: number; events: JobEvent[] }
  /** The cursor is of another journal, or events after it are gone: read the snapshot, then pull from `head`. */
  | { kind: 'gap'; journalId: string; head: number };

/** `head` is the journal's newest sequence number when the page was read. */
export interface SnapshotPage {
  journalId: string;
  head: number;
  jobs: { seq: number; job: BatchJob }[];
  /** Where the next page begins, null after the last. */
  next: JobId | null;
}

export const OUTPUT_STREAMS = ['stdout', 'stderr'] as const;
export type OutputStream = (typeof OUTPUT_STREAMS)[number];

export interface OutputRef {
  jobId: JobId;
  /** From 1. */
  attempt: number;
  stream: OutputStream;
}

export interface OutputRequest extends OutputRef {
  /** From the file's start; a negative number counts from its end. */
  offset: number;
  maxBytes: number;
}

export interface OutputChunk {
  /** Where `bytes` begin. */
  offset: number;
  bytes: Uint8Array;
  /** Of the whole file as it is now; 0 where there is none. */
  sizeBytes: number;
}

export const EXPORT_FORMATS = ['array', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportRequest {
  suggestedName: string;
  format: ExportFormat;
}

export interface ExportReport {
  path: string;
  count: number;
  sizeBytes: number;
}

export interface ImportPage {
  documents: CheckedDocument[];
  /** `after` of the next page, null after the last. */
  next: number | null;
}

/** The most records, events or documents one message may carry. */
export const MAX_PAGE = 1000;
/** The most bytes of output one answer may carry. */
export const MAX_OUTPUT_CHUNK_BYTES = 1024 * 1024;
/** The longest text that may be pasted or dropped as text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 64 * 1024 * 1024;
