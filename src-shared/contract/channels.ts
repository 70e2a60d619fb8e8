/**
 * The IPC contract: one map from a channel to its request and its answer, and one from a push to what it
 * carries. Channels are `noun:verb`; pushes are in the past tense. The schemas are in `channel-schemas.ts`.
 */
import type { Delivery, DeliveryId } from '../callback/delivery.ts';
import type { BatchJob } from '../job/batch-job.ts';
import type { JobEvent } from '../job/events.ts';
import type { ItemRecord, ItemStatus, ItemStatusCounts } from '../job/items.ts';
import type { JobId } from '../job/job-id.ts';
import type { EndedDependency, Items, Schedule } from '../job/jobdeck-metadata.ts';
import type {
  BackupCheck,
  BackupKind,
  BackupList,
  BackupMade,
  BackupOpened,
  BackupReading,
  BackupReason,
  BackupRecord,
} from './backups.ts';
import type {
  CallbackKeyKind,
  CallbackKeyList,
  CallbackKeyMade,
  CallbackPreview,
  CallbackSend,
  CallbackSendReport,
  ReceivedCallback,
  ReceiverSettings,
  ReceiverState,
} from './callbacks.ts';
import type { ImportFilter, ImportOpened, ImportProgress, RepairKind } from './documents.ts';
import type { OutputSearchAnswer, OutputSearchRequest } from './output-search.ts';
import type { AgentId, ModelProfile, SecretList } from './profiles.ts';
import type { AppErrorValue } from './result.ts';
import type { JobProgress, QueueSettings, RunnerStatus } from './runner-state.ts';
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
  /** Stops the processes of running jobs where they are, and lets them go on. */
  'job:suspend': { request: { ids: JobId[] }; response: SwitchResponse };
  'job:continue': { request: { ids: JobId[] }; response: SwitchResponse };
  /** Puts a waiting job to another place of its queue. Its priority becomes that of its new place. */
  'job:move': { request: { id: JobId; to: QueuePlace }; response: Nothing };
  /** Those that are active, of the ids asked for. */
  'job:progress': { request: { ids: JobId[] }; response: { jobs: JobProgress[] } };
  /** Items of a batch in the order of their index, of one status or of all. */
  'item:page': { request: ItemPageRequest; response: ItemPage };
  /**
   * Asks for a file and begins to write what a batch came to; null when the dialog was closed without a choice.
   * `export:finish` answers when it is done.
   */
  'item:export': { request: ItemExportRequest; response: ExportBegun | null };
  'runner:status': { request: Nothing; response: RunnerStatus };

  /** Makes a queue, or changes it. */
  'queue:save': { request: QueueSettings; response: Nothing };
  /** Forgets the settings of a queue; refused while it has jobs. */
  'queue:remove': { request: { name: string }; response: Nothing };
  /** The next five times of a schedule, or why it has none. */
  'schedule:times': {
    request: { schedule: Schedule };
    response: { times: string[]; problem: string | null };
  };

  'profile:list': { request: Nothing; response: { profiles: ModelProfile[] } };
  'profile:save': { request: ModelProfile; response: Nothing };
  'profile:remove': { request: { id: AgentId }; response: Nothing };
  /** Names alone: a value never leaves the main process. */
  'secret:list': { request: Nothing; response: SecretList };
  'secret:save': { request: { name: string; value: string }; response: Nothing };
  'secret:remove': { request: { name: string }; response: Nothing };

  /** Sends messages now, for the first time or again. Answers once that is durable. */
  'callback:send': { request: { sends: CallbackSend[] }; response: CallbackSendReport };
  /** Gives up deliveries that are due or held. */
  'callback:stop': { request: { ids: DeliveryId[] }; response: { stopped: DeliveryId[] } };
  /** Lets callbacks of imported jobs go to this origin, on this machine or in its network; those held are sent. */
  'callback:allow': { request: { origin: string }; response: Nothing };
  'callback:preview': { request: { id: DeliveryId }; response: CallbackPreview };
  'callback-key:list': { request: Nothing; response: CallbackKeyList };
  /** A null secret is made here. */
  'callback-key:save': {
    request: { scope: string; kind: CallbackKeyKind; secret: string | null };
    response: CallbackKeyMade;
  };
  /** Both secrets sign until `ROTATION_MS` from now. */
  'callback-key:rotate': { request: { id: string; secret: string | null }; response: CallbackKeyMade };
  'callback-key:remove': { request: { id: string }; response: Nothing };
  'receiver:state': { request: Nothing; response: ReceiverState };
  /** Starts it, or changes what it does. */
  'receiver:start': { request: ReceiverSettings; response: ReceiverState };
  'receiver:stop': { request: Nothing; response: ReceiverState };
  /** What it has kept, newest first. */
  'receiver:list': { request: Nothing; response: { received: ReceivedCallback[] } };

  'outbox:pull': { request: PullRequest; response: PullResponse };
  'outbox:ack': { request: OutboxCursor; response: Nothing };
  /** All jobs the runner holds, a page at a time in the order of their ids. */
  'outbox:snapshot': { request: { after: JobId | null; limit: number }; response: SnapshotPage };

  /** A piece of an attempt's output file. */
  'output:read': { request: OutputRequest; response: OutputChunk };
  /** Shows an attempt's output file in the system's file manager. */
  'output:reveal': { request: OutputRef; response: Nothing };
  /** The first place of a text in the output of each of these jobs. Answers in a short time, if need be with some left. */
  'output:search': { request: OutputSearchRequest; response: OutputSearchAnswer };
  /** Ends a search that is under way: it answers with what it has. */
  'output:stop-search': { request: { searchId: string }; response: Nothing };

  /** Checks text that holds a document, an array or NDJSON, for the JSON editor; gives `CheckedDocument[]` as JSON. */
  'document:check': { request: { text: string }; response: { documents: string } };

  /** Opens the file dialog; null when it was closed without a choice. */
  /** Opens a dialog for one file or folder that a task names; null when it was closed without a choice. */
  'file:choose': { request: { what: FileChoice }; response: { path: string } | null };
  /** The first items of a source, for the preview of a form, and what is wrong with the rest of it. */
  'item:preview': { request: { items: Items; limit: number }; response: ItemPreview };
  /** Looks at an OpenAI Batch input file. */
  'openai-batch:inspect': { request: { path: string }; response: OpenAiBatchFile };

  /** Opens the dialog for files or for a folder; null when it was closed without a choice. */
  'import:choose': { request: { what: 'files' | 'folder' }; response: ImportOpened | null };
  /** Files, and folders with all that is in them that looks like jobs. */
  'import:open': { request: { paths: string[] }; response: ImportOpened };
  'import:text': { request: { name: string; text: string }; response: ImportOpened };
  'import:progress': { request: { importId: string }; response: ImportProgress };
  /** Documents in the order of the files that a filter leaves, after the one of that place (-1 for the first page). */
  'import:page': {
    request: { importId: string; filter: ImportFilter; after: number; limit: number };
    response: ImportPage;
  };
  /** What the history says of documents, by their place. */
  'import:outcomes': {
    request: { importId: string; outcomes: { place: number; outcome: 'new' | 'same' | 'conflict' }[] };
    response: Nothing;
  };
  /**
   * Asks for a file and writes a line of JSON for each document that does not come in: `{file, line, id, errors}`. Null
   * when the dialog was closed.
   */
  'import:report': {
    request: { importId: string; refused: RepairKind[] };
    response: { path: string; count: number } | null;
  };
  /** Ends it, also in the middle of reading. */
  'import:close': { request: { importId: string }; response: Nothing };

  /** Opens the save dialog; null when it was closed without a choice. */
  'export:choose': { request: ExportRequest; response: ExportBegun | null };
  /** Adds records, and what they printed where the packing has it. Answers when they are written. */
  'export:write': { request: { exportId: string; jobs: BatchJob[] }; response: Nothing };
  /** Syncs and renames: only now does the file exist under its name. */
  'export:finish': { request: { exportId: string }; response: ExportReport };
  /** Ends it, also in the middle of writing: nothing is left of it. */
  'export:cancel': { request: { exportId: string }; response: Nothing };
  /** Shows a finished export in the system's file manager. */
  'export:reveal': { request: { exportId: string }; response: Nothing };

  'backup:list': { request: Nothing; response: BackupList };
  'backup:begin': { request: { reason: BackupReason }; response: { writeId: string } };
  /** Answers when they are written. */
  'backup:write': { request: { writeId: string; records: BackupRecord[] }; response: Nothing };
  /** Syncs, renames and reads it through; older ones go where there are enough. */
  'backup:finish': { request: { writeId: string }; response: BackupMade };
  'backup:cancel': { request: { writeId: string }; response: Nothing };
  /** Reads it through. */
  'backup:check': { request: { name: string }; response: BackupCheck };
  /** Begins to read a backup of the folder; `backup:choose` one that the person chooses, null where none was. */
  'backup:open': { request: { name: string }; response: BackupOpened };
  'backup:choose': { request: Nothing; response: BackupOpened | null };
  'backup:reading': { request: { openId: string }; response: BackupReading };
  /** Of one kind and in the order of the file, after the one of that place (-1 for the first page). */
  'backup:page': {
    request: { openId: string; kind: BackupKind; after: number; limit: number };
    response: { records: BackupRecord[]; next: number | null };
  };
  /** Of these ids, those that the backup has no job of. */
  'backup:lacking': { request: { openId: string; ids: JobId[] }; response: { ids: JobId[] } };
  'backup:close': { request: { openId: string }; response: Nothing };
  /** Shows it in the system's file manager. */
  'backup:reveal': { request: { name: string }; response: Nothing };
  /** How many bytes the output files of jobs have, in the order of the ids. */
  'retention:sizes': { request: { ids: JobId[] }; response: { sizes: number[] } };
  /** Removes the output files of ended jobs; the jobs stay. Those that are not ended are refused. */
  'retention:drop-output': { request: { ids: JobId[] }; response: { refused: JobId[] } };

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
  /** At most ten times a second while an import is read, and once at its end. */
  'import:progressed': ImportProgress;
  /** At most ten times a second while an export is written. */
  'export:progressed': ExportProgress;
  /** The command line or the system handed the application files to import. */
  'files:opened': { paths: string[] };
  /** Something arrived at the receiver, or it was started or stopped. At most ten times a second. */
  'receiver:changed': ReceiverState;
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
  /**
   * Origins (`http://127.0.0.1:8080`) on this machine or in its network that the person was shown as such and
   * approved as targets of callbacks. What the person wrote may go there without.
   */
  localCallbacks?: string[];
  /** Of the jobs that these wait for, those that the history knows to have ended. The runner forgets such jobs. */
  ended?: EndedDependency[];
}

export interface SubmitResponse {
  accepted: JobId[];
  refused: { id: JobId; error: AppErrorValue }[];
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
  jobs: { seq: number; job: BatchJob; deliveries: Delivery[] }[];
  /** Where the next page begins, null after the last. */
  next: JobId | null;
}

/** Among the waiting jobs of a queue. */
export type QueuePlace = 'first' | 'last' | { before: JobId };

export interface SwitchResponse {
  done: JobId[];
  refused: { id: JobId; error: AppErrorValue }[];
}

export interface ItemPageRequest {
  jobId: JobId;
  status: ItemStatus | null;
  /** The index after which the page begins; null for the first one. */
  after: number | null;
  limit: number;
}

export interface ItemPage {
  items: ItemRecord[];
  next: number | null;
  counts: ItemStatusCounts;
}

/** One line an item, as `run --results` writes; a row an item; or the output and error files of OpenAI's Batch API. */
export const ITEM_EXPORT_FORMATS = ['ndjson', 'csv', 'openai-batch'] as const;
export type ItemExportFormat = (typeof ITEM_EXPORT_FORMATS)[number];

export interface ItemExportRequest {
  /** A batch, or the chain of its re-runs from the first to the last: the newest result of each item is written. */
  jobIds: JobId[];
  format: ItemExportFormat;
  isGzip: boolean;
  suggestedName: string;
}

export const FILE_CHOICES = ['items', 'openai-batch', 'directory', 'program'] as const;
export type FileChoice = (typeof FILE_CHOICES)[number];

export interface ItemPreview {
  items: { index: number; item: unknown }[];
  /** Null where it is not known without reading it all. */
  total: number | null;
  problem: string | null;
}

/** What an OpenAI Batch input file asks for. */
export interface OpenAiBatchFile {
  path: string;
  requests: number;
  /** The one endpoint of all its lines, such as `chat/completions`; null where a line is wrong. */
  endpoint: string | null;
  models: string[];
  /** The first of what is wrong, with its line. */
  problems: { line: number; message: string }[];
}

export const OUTPUT_STREAMS = ['stdout', 'stderr'] as const;
export type OutputStream = (typeof OUTPUT_STREAMS)[number];

export interface OutputRef {
  jobId: JobId;
  /** From 1. */
  attempt: number;
  /** The item of a batch; absent for the job itself. */
  item?: number;
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

/** `csv` is a row a job, with what a list shows of it: it can't be imported again. */
export const EXPORT_FORMATS = ['array', 'ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A `zip` or `folder` holds the file of records, and beside it what every attempt and item of them printed. */
export const EXPORT_PACKINGS = ['plain', 'gzip', 'zip', 'folder'] as const;
export type ExportPacking = (typeof EXPORT_PACKINGS)[number];

/** What is taken out of the records that an export writes. */
export interface Redaction {
  /** The URLs of callbacks, and what their errors say of them. */
  callbackUrls: boolean;
  /** What a job is and printed: times, counts and codes stay, and so do the keys of metadata. */
  metadataValues: boolean;
}

export interface ExportRequest {
  suggestedName: string;
  format: ExportFormat;
  packing: ExportPacking;
  redaction: Redaction;
}

export interface ExportBegun {
  exportId: string;
  path: string;
}

export interface ExportProgress {
  exportId: string;
  /** Records, or items of a batch. */
  count: number;
  /** Output files beside the records. */
  files: number;
  /** Before compression. */
  bytes: number;
}

export interface ExportReport {
  /** The error file of an OpenAI batch comes second. */
  paths: string[];
  count: number;
  files: number;
  /** On the disk. */
  sizeBytes: number;
}

export interface ImportPage {
  /** `ImportedDocument[]` as JSON: text of any length passes through the main process for next to nothing. */
  documents: string;
  /** `after` of the next page, null after the last that is read so far. */
  next: number | null;
}

/** The most records, events or documents one message may carry. */
export const MAX_PAGE = 1000;
/** The most bytes of output one answer may carry. */
export const MAX_OUTPUT_CHUNK_BYTES = 1024 * 1024;
/** The longest text that may be pasted or dropped as text, in UTF-16 units. */
export const MAX_TEXT_LENGTH = 64 * 1024 * 1024;
