/** The bridge: `window.jobdeck`. Named functions only; the page never gets hold of `ipcRenderer` or an event. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { API_NAME, type Disposer, type JobdeckApi } from '#shared/contract/app-api.ts';
import type { Channel, Push, Pushes, RequestOf, ResponseOf } from '#shared/contract/channels.ts';
import type { Result } from '#shared/contract/result.ts';
import { mailbox } from './mailbox.ts';

/** A function that asks this one channel. */
function ask<C extends Channel>(channel: C): (request: RequestOf<C>) => Promise<Result<ResponseOf<C>>> {
  return (request) => ipcRenderer.invoke(channel, request);
}

/** A function that asks this one channel, which takes no request; whatever it is called with is left out. */
function askPlainly<C extends Channel>(channel: C): () => Promise<Result<ResponseOf<C>>> {
  return () => ipcRenderer.invoke(channel, {});
}

/** A function that subscribes to this one push. */
function hear<P extends Push>(push: P): (listener: (payload: Pushes[P]) => void) => Disposer {
  return (listener) => {
    const onPush = (_event: unknown, payload: Pushes[P]): void => listener(payload);
    ipcRenderer.on(push, onPush);
    return () => void ipcRenderer.off(push, onPush);
  };
}

/** As `hear`, but what came before the page listened is kept for it: a click must not be lost to a slow start. */
function hearKept<P extends Push>(push: P): (listener: (payload: Pushes[P]) => void) => Disposer {
  const { deliver, subscribe } = mailbox<Pushes[P]>();
  ipcRenderer.on(push, (_event, payload: Pushes[P]) => deliver(payload));
  return subscribe;
}

const api: JobdeckApi = {
  appInfo: askPlainly('app:info'),
  checkRoom: askPlainly('app:room'),
  submitJobs: ask('job:submit'),
  cancelJobs: ask('job:cancel'),
  forgetJobs: ask('job:forget'),
  suspendJobs: ask('job:suspend'),
  continueJobs: ask('job:continue'),
  moveJob: ask('job:move'),
  jobProgress: ask('job:progress'),
  readItems: ask('item:page'),
  exportItems: ask('item:export'),
  previewItems: ask('item:preview'),
  runnerStatus: askPlainly('runner:status'),
  saveQueue: ask('queue:save'),
  removeQueue: ask('queue:remove'),
  scheduleTimes: ask('schedule:times'),
  listProfiles: askPlainly('profile:list'),
  saveProfile: ask('profile:save'),
  removeProfile: ask('profile:remove'),
  listSecrets: askPlainly('secret:list'),
  saveSecret: ask('secret:save'),
  removeSecret: ask('secret:remove'),
  chooseFile: ask('file:choose'),
  inspectOpenAiBatch: ask('openai-batch:inspect'),
  sendCallbacks: ask('callback:send'),
  stopCallbacks: ask('callback:stop'),
  allowCallbacks: ask('callback:allow'),
  previewCallback: ask('callback:preview'),
  listCallbackKeys: askPlainly('callback-key:list'),
  saveCallbackKey: ask('callback-key:save'),
  rotateCallbackKey: ask('callback-key:rotate'),
  removeCallbackKey: ask('callback-key:remove'),
  receiverState: askPlainly('receiver:state'),
  startReceiver: ask('receiver:start'),
  stopReceiver: askPlainly('receiver:stop'),
  listReceived: askPlainly('receiver:list'),
  pullOutbox: ask('outbox:pull'),
  acknowledgeOutbox: ask('outbox:ack'),
  readSnapshot: ask('outbox:snapshot'),
  findDeliveries: ask('outbox:deliveries'),
  readOutput: ask('output:read'),
  revealOutput: ask('output:reveal'),
  searchOutput: ask('output:search'),
  stopOutputSearch: ask('output:stop-search'),
  checkDocument: ask('document:check'),
  chooseImport: ask('import:choose'),
  openImport: ask('import:open'),
  importText: ask('import:text'),
  importProgress: ask('import:progress'),
  readImport: ask('import:page'),
  tellImportOutcomes: ask('import:outcomes'),
  reportImport: ask('import:report'),
  closeImport: ask('import:close'),
  chooseExport: ask('export:choose'),
  writeExport: ask('export:write'),
  finishExport: ask('export:finish'),
  cancelExport: ask('export:cancel'),
  revealExport: ask('export:reveal'),
  listBackups: askPlainly('backup:list'),
  beginBackup: ask('backup:begin'),
  writeBackup: ask('backup:write'),
  finishBackup: ask('backup:finish'),
  cancelBackup: ask('backup:cancel'),
  checkBackup: ask('backup:check'),
  openBackup: ask('backup:open'),
  chooseBackup: askPlainly('backup:choose'),
  backupReading: ask('backup:reading'),
  readBackup: ask('backup:page'),
  lackingInBackup: ask('backup:lacking'),
  closeBackup: ask('backup:close'),
  revealBackup: ask('backup:reveal'),
  outputSizes: ask('retention:sizes'),
  dropOutput: ask('retention:drop-output'),
  readSettings: askPlainly('settings:read'),
  writeSettings: ask('settings:write'),
  pathForFile: (file) => webUtils.getPathForFile(file as File),
  onOutboxGrew: hear('outbox:grew'),
  onRunnerChanged: hear('runner:changed'),
  onJobActivated: hearKept('job:activated'),
  onImportProgressed: hear('import:progressed'),
  onExportProgressed: hear('export:progressed'),
  onFilesOpened: hearKept('files:opened'),
  onReceiverChanged: hear('receiver:changed'),
  onMenuChosen: hearKept('menu:chosen'),
};

contextBridge.exposeInMainWorld(API_NAME, api);
