/** `window.jobdeck`: what the renderer can ask of the main process, name by name. */
import type { Channel, Push, Pushes, RequestOf, ResponseOf } from './channels.ts';
import type { Result } from './result.ts';

type Call<C extends Channel> =
  RequestOf<C> extends Record<string, never>
    ? () => Promise<Result<ResponseOf<C>>>
    : (request: RequestOf<C>) => Promise<Result<ResponseOf<C>>>;

/** Ends a subscription. */
export type Disposer = () => void;
type Subscribe<P extends Push> = (listener: (payload: Pushes[P]) => void) => Disposer;

export interface JobdeckApi {
  appInfo: Call<'app:info'>;
  checkRoom: Call<'app:room'>;
  submitJobs: Call<'job:submit'>;
  cancelJobs: Call<'job:cancel'>;
  forgetJobs: Call<'job:forget'>;
  suspendJobs: Call<'job:suspend'>;
  continueJobs: Call<'job:continue'>;
  moveJob: Call<'job:move'>;
  jobProgress: Call<'job:progress'>;
  readItems: Call<'item:page'>;
  exportItems: Call<'item:export'>;
  previewItems: Call<'item:preview'>;
  runnerStatus: Call<'runner:status'>;
  saveQueue: Call<'queue:save'>;
  removeQueue: Call<'queue:remove'>;
  scheduleTimes: Call<'schedule:times'>;
  listProfiles: Call<'profile:list'>;
  saveProfile: Call<'profile:save'>;
  removeProfile: Call<'profile:remove'>;
  listSecrets: Call<'secret:list'>;
  saveSecret: Call<'secret:save'>;
  removeSecret: Call<'secret:remove'>;
  chooseFile: Call<'file:choose'>;
  inspectOpenAiBatch: Call<'openai-batch:inspect'>;
  sendCallbacks: Call<'callback:send'>;
  stopCallbacks: Call<'callback:stop'>;
  allowCallbacks: Call<'callback:allow'>;
  previewCallback: Call<'callback:preview'>;
  listCallbackKeys: Call<'callback-key:list'>;
  saveCallbackKey: Call<'callback-key:save'>;
  rotateCallbackKey: Call<'callback-key:rotate'>;
  removeCallbackKey: Call<'callback-key:remove'>;
  receiverState: Call<'receiver:state'>;
  startReceiver: Call<'receiver:start'>;
  stopReceiver: Call<'receiver:stop'>;
  listReceived: Call<'receiver:list'>;
  pullOutbox: Call<'outbox:pull'>;
  acknowledgeOutbox: Call<'outbox:ack'>;
  readSnapshot: Call<'outbox:snapshot'>;
  findDeliveries: Call<'outbox:deliveries'>;
  readOutput: Call<'output:read'>;
  revealOutput: Call<'output:reveal'>;
  searchOutput: Call<'output:search'>;
  stopOutputSearch: Call<'output:stop-search'>;
  checkDocument: Call<'document:check'>;
  chooseImport: Call<'import:choose'>;
  openImport: Call<'import:open'>;
  importText: Call<'import:text'>;
  importProgress: Call<'import:progress'>;
  readImport: Call<'import:page'>;
  tellImportOutcomes: Call<'import:outcomes'>;
  reportImport: Call<'import:report'>;
  closeImport: Call<'import:close'>;
  chooseExport: Call<'export:choose'>;
  writeExport: Call<'export:write'>;
  finishExport: Call<'export:finish'>;
  cancelExport: Call<'export:cancel'>;
  revealExport: Call<'export:reveal'>;
  listBackups: Call<'backup:list'>;
  beginBackup: Call<'backup:begin'>;
  writeBackup: Call<'backup:write'>;
  finishBackup: Call<'backup:finish'>;
  cancelBackup: Call<'backup:cancel'>;
  checkBackup: Call<'backup:check'>;
  openBackup: Call<'backup:open'>;
  chooseBackup: Call<'backup:choose'>;
  backupReading: Call<'backup:reading'>;
  readBackup: Call<'backup:page'>;
  lackingInBackup: Call<'backup:lacking'>;
  closeBackup: Call<'backup:close'>;
  revealBackup: Call<'backup:reveal'>;
  outputSizes: Call<'retention:sizes'>;
  dropOutput: Call<'retention:drop-output'>;
  readSettings: Call<'settings:read'>;
  writeSettings: Call<'settings:write'>;
  /** The path of a file that was dropped on the window; '' for one that is not on the disk. */
  pathForFile(file: unknown): string;
  onOutboxGrew: Subscribe<'outbox:grew'>;
  onRunnerChanged: Subscribe<'runner:changed'>;
  onJobActivated: Subscribe<'job:activated'>;
  onImportProgressed: Subscribe<'import:progressed'>;
  onExportProgressed: Subscribe<'export:progressed'>;
  onFilesOpened: Subscribe<'files:opened'>;
  onReceiverChanged: Subscribe<'receiver:changed'>;
  onMenuChosen: Subscribe<'menu:chosen'>;
}

/** The name the bridge has on `window`. */
export const API_NAME = 'jobdeck';
