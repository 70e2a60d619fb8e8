/**
 * The IPC contract: one map from a channel to its request and its answer, and one from a push to what it
 * carries. Channels are `noun:verb`; pushes are in the past tense. The schemas are in `channel-schemas.ts`.
 */
import type { DeliveryId } from '../callback/delivery.ts';
import type { BatchJob } from '../job/batch-job.ts';
import type { JobId } from '../job/job-id.ts';
import type { Items, Schedule } from '../job/jobdeck-metadata.ts';
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
import type { ImportFilter, ImportOpened, ImportPage, ImportProgress, RepairKind } from './documents.ts';
import type {
  ExportBegun,
  ExportProgress,
  ExportReport,
  ExportRequest,
  ItemExportRequest,
} from './exports.ts';
import type { FileChoice, ItemPage, ItemPageRequest, ItemPreview, OpenAiBatchFile } from './items.ts';
import type { QueuePlace, SubmitRequest, SubmitResponse, SwitchResponse } from './jobs.ts';
import type { KnownDeliveries, OutboxCursor, PullRequest, PullResponse, SnapshotPage } from './outbox.ts';
import type { OutputChunk, OutputRef, OutputRequest } from './output.ts';
import type { OutputSearchAnswer, OutputSearchRequest } from './output-search.ts';
import type { AgentId, ModelProfile, SecretList } from './profiles.ts';
import type { JobProgress, QueueSettings, RunnerStatus } from './runner-state.ts';
import type { Settings } from './settings.ts';

/** No fields: the request of a channel that asks for nothing. */
export type Nothing = Record<string, never>;

export interface Channels {
  'app:info': { request: Nothing; response: AppInfo };
  /** To be asked before much is written to the history: an error `disk-full` where its disk has little room. */
  'app:room': { request: Nothing; response: Nothing };

  /**
   * Hands jobs to the runner. Answers when all that were accepted are durable. Asked again it answers the same; another
   * job under the id of one that has ended is refused.
   */
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
  /** Deliveries by their ids: also those of jobs that it has no record of any more. */
  'outbox:deliveries': { request: { ids: DeliveryId[] }; response: KnownDeliveries };

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
