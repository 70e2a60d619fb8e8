import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { CHANNEL_SCHEMAS } from '#shared/contract/channel-schemas.ts';

const exposed = new Map<string, JobdeckApi>();
const invoke = vi.fn(async (_channel: string, ..._request: unknown[]) => ({ ok: true, value: null }));
const ipcRenderer = Object.assign(new EventEmitter(), { invoke });

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: exposed.set.bind(exposed) },
  ipcRenderer,
  webUtils: { getPathForFile: (file: { path: string }) => file.path },
}));

/** Every function of the contract; `satisfies` makes a name that is missing here a compile error. */
const NAMES = Object.keys({
  appInfo: 0,
  checkRoom: 0,
  submitJobs: 0,
  cancelJobs: 0,
  forgetJobs: 0,
  runnerStatus: 0,
  suspendJobs: 0,
  continueJobs: 0,
  moveJob: 0,
  jobProgress: 0,
  readItems: 0,
  exportItems: 0,
  previewItems: 0,
  saveQueue: 0,
  removeQueue: 0,
  scheduleTimes: 0,
  listProfiles: 0,
  saveProfile: 0,
  removeProfile: 0,
  listSecrets: 0,
  saveSecret: 0,
  removeSecret: 0,
  chooseFile: 0,
  inspectOpenAiBatch: 0,
  pullOutbox: 0,
  acknowledgeOutbox: 0,
  readSnapshot: 0,
  findDeliveries: 0,
  readOutput: 0,
  revealOutput: 0,
  searchOutput: 0,
  stopOutputSearch: 0,
  checkDocument: 0,
  chooseImport: 0,
  openImport: 0,
  importText: 0,
  readImport: 0,
  closeImport: 0,
  chooseExport: 0,
  writeExport: 0,
  finishExport: 0,
  cancelExport: 0,
  listBackups: 0,
  beginBackup: 0,
  writeBackup: 0,
  finishBackup: 0,
  cancelBackup: 0,
  checkBackup: 0,
  openBackup: 0,
  chooseBackup: 0,
  backupReading: 0,
  readBackup: 0,
  lackingInBackup: 0,
  closeBackup: 0,
  revealBackup: 0,
  outputSizes: 0,
  dropOutput: 0,
  readSettings: 0,
  writeSettings: 0,
  sendCallbacks: 0,
  stopCallbacks: 0,
  allowCallbacks: 0,
  previewCallback: 0,
  listCallbackKeys: 0,
  saveCallbackKey: 0,
  rotateCallbackKey: 0,
  removeCallbackKey: 0,
  receiverState: 0,
  startReceiver: 0,
  stopReceiver: 0,
  listReceived: 0,
  importProgress: 0,
  tellImportOutcomes: 0,
  reportImport: 0,
  revealExport: 0,
  pathForFile: 0,
  onOutboxGrew: 0,
  onRunnerChanged: 0,
  onJobActivated: 0,
  onImportProgressed: 0,
  onExportProgressed: 0,
  onFilesOpened: 0,
  onReceiverChanged: 0,
  onMenuChosen: 0,
} satisfies Record<keyof JobdeckApi, 0>);

let api: JobdeckApi;
beforeEach(async () => {
  vi.resetModules();
  exposed.clear();
  invoke.mockClear();
  ipcRenderer.removeAllListeners();
  await import('../../../src-preload/preload.ts');
  const bridge = exposed.get('jobdeck');
  if (bridge === undefined) throw new Error('The preload exposed nothing under the name jobdeck.');
  api = bridge;
});

describe('the bridge', () => {
  it('is the one thing exposed, with exactly the functions of the contract', () => {
    expect([...exposed.keys()]).toEqual(['jobdeck']);
    expect(Object.keys(api).sort()).toEqual([...NAMES].sort());
    for (const value of Object.values(api)) expect(value).toBeTypeOf('function');
  });

  it('asks each channel of the contract through one function, and no other channel', async () => {
    const names = NAMES.filter((name) => name !== 'pathForFile' && !name.startsWith('on'));
    for (const name of names) await (api[name as keyof JobdeckApi] as (request: object) => unknown)({});
    expect(invoke.mock.calls.map(([channel]) => channel).sort()).toEqual(Object.keys(CHANNEL_SCHEMAS).sort());
  });

  it('lets no argument choose the channel or add to the request', async () => {
    const cancel = api.cancelJobs as (...given: unknown[]) => unknown;
    await cancel({ ids: [] }, 'job:submit', { jobs: [] });
    expect(invoke.mock.calls).toEqual([['job:cancel', { ids: [] }]]);
  });

  it('sends an empty request where a channel takes none, whatever it was called with', async () => {
    await (api.runnerStatus as (given: unknown) => unknown)({ click: true });
    expect(invoke.mock.calls).toEqual([['runner:status', {}]]);
  });

  it('gives the path of a dropped file', () => {
    expect(api.pathForFile({ path: '/home/a/jobs.json' })).toBe('/home/a/jobs.json');
  });
});

describe('a subscription', () => {
  it('gets the payload and nothing of the event', () => {
    const listener = vi.fn();
    api.onOutboxGrew(listener);
    ipcRenderer.emit('outbox:grew', { sender: ipcRenderer }, { journalId: 'a', seq: 1 }, 'more');
    expect(listener.mock.calls).toEqual([[{ journalId: 'a', seq: 1 }]]);
  });

  it.each([
    ['onOutboxGrew', 'outbox:grew'],
    ['onRunnerChanged', 'runner:changed'],
    ['onJobActivated', 'job:activated'],
    ['onReceiverChanged', 'receiver:changed'],
    ['onMenuChosen', 'menu:chosen'],
  ] as const)('%s ends with its disposer, and only that one', (name, channel) => {
    const ended = vi.fn();
    const other = vi.fn();
    const dispose = api[name](ended);
    api[name](other);
    dispose();
    ipcRenderer.emit(channel, {}, {});
    expect(ended).not.toHaveBeenCalled();
    expect(other).toHaveBeenCalledOnce();
  });

  it('gets the click that came before the page listened, once', () => {
    ipcRenderer.emit('job:activated', {}, { jobId: 'job-1' });
    ipcRenderer.emit('job:activated', {}, { jobId: 'job-2' });
    const first = vi.fn();
    const second = vi.fn();
    api.onJobActivated(first);
    api.onJobActivated(second);
    expect(first.mock.calls).toEqual([[{ jobId: 'job-2' }]]);
    expect(second).not.toHaveBeenCalled();
  });

  it('gets no doorbell that rang before it listened', () => {
    ipcRenderer.emit('outbox:grew', {}, { journalId: 'a', seq: 1 });
    const listener = vi.fn();
    api.onOutboxGrew(listener);
    expect(listener).not.toHaveBeenCalled();
  });
});
