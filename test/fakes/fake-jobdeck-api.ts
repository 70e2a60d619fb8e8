/**
 * `window.jobdeck` with an in-memory main process behind it: for unit tests, and to work on the window in a plain
 * browser. What crosses is cloned, and a page that is too large refused, as the real bridge does.
 */
import { AppError } from '#shared/app-error.ts';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { ReceiverState } from '#shared/contract/callbacks.ts';
import type { MenuCommand, Push, Pushes } from '#shared/contract/channels.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { ok, type Result, toErrorValue } from '#shared/contract/result.ts';
import { DEFAULT_SETTINGS, type Settings } from '#shared/contract/settings.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { FakeBackups } from './fake-backups.ts';
import { checkText } from './fake-checks.ts';
import { FakeImports } from './fake-imports.ts';
import { FakeMain } from './fake-main.ts';
import { FakeExports } from './fake-transfers.ts';
import { playProcess } from './play-process.ts';
import { SAMPLE_PROFILE_ID, sampleHistory } from './sample-jobs.ts';

export interface FakeJobdeck {
  api: JobdeckApi;
  main: FakeMain;
  imports: FakeImports;
  exports: FakeExports;
  backups: FakeBackups;
  /** What the file dialogs answer: null is a dialog that was closed. */
  dialogs: { import: { name: string; text: string }[] | null; exportIsChosen: boolean };
  activateJob(jobId: JobId): void;
  openFiles(paths: string[]): void;
  /** Something arrives at the receiver. */
  receive(received: Parameters<FakeMain['callbacks']['arrive']>[0]): void;
  chooseMenu(command: MenuCommand): void;
}

export interface FakeJobdeckOptions {
  /** Jobs print and end by themselves, in real time; by hand through `main` otherwise. */
  runsByItself?: boolean;
}

export function createFakeJobdeck({ runsByItself = false }: FakeJobdeckOptions = {}): FakeJobdeck {
  const { push, subscribe } = createPushes();
  const main = new FakeMain({
    outboxGrew: (payload) => push('outbox:grew', payload),
    runnerChanged: (payload) => push('runner:changed', payload),
  });
  if (runsByItself) main.onStarted = (job) => playProcess(main, job);
  const imports = new FakeImports((progress) => push('import:progressed', progress));
  const exports = new FakeExports((progress) => push('export:progressed', progress));
  const backups = new FakeBackups();
  const dialogs: FakeJobdeck['dialogs'] = { import: sampleFiles(), exportIsChosen: true };
  let settings: Settings = DEFAULT_SETTINGS;

  const toldOf = (state: ReceiverState) => {
    push('receiver:changed', state);
    return state;
  };

  const api: JobdeckApi = {
    appInfo: () => answer(() => APP_INFO),
    checkRoom: () => done(() => {}),
    submitJobs: (request) => answer(() => main.submit(bounded(request, request.jobs))),
    cancelJobs: (request) => answer(() => main.cancel(bounded(request, request.ids).ids)),
    forgetJobs: (request) => answer(() => main.forget(bounded(request, request.ids).ids)),
    suspendJobs: ({ ids }) => answer(() => main.switchSuspended(ids, true)),
    continueJobs: ({ ids }) => answer(() => main.switchSuspended(ids, false)),
    moveJob: () => done(() => {}),
    jobProgress: ({ ids }) => answer(() => ({ jobs: main.progress(ids) })),
    readItems: (request) => answer(() => main.state.page(request)),
    exportItems: (request) =>
      answer(() =>
        dialogs.exportIsChosen
          ? exports.begin(request, main.state.items.get(request.jobIds[0] as JobId)?.length ?? 0)
          : null,
      ),
    previewItems: ({ items, limit }) => answer(() => main.state.preview(items, limit)),
    runnerStatus: () => answer(() => main.status()),
    saveQueue: (queue) => done(() => main.changeQueues((state) => state.saveQueue(queue))),
    removeQueue: ({ name }) => done(() => main.changeQueues((state) => state.removeQueue(name))),
    scheduleTimes: ({ schedule }) => answer(() => main.state.times(schedule)),
    listProfiles: () => answer(() => ({ profiles: [...main.state.profiles.values()] })),
    saveProfile: (profile) => done(() => void main.state.profiles.set(profile.id, profile)),
    removeProfile: ({ id }) => done(() => void main.state.profiles.delete(id)),
    listSecrets: () => answer(() => main.state.secrets),
    saveSecret: ({ name }) => done(() => main.state.saveSecret(name)),
    removeSecret: ({ name }) => done(() => main.state.removeSecret(name)),
    chooseFile: () => answer(() => (main.state.chosenFile === null ? null : { path: main.state.chosenFile })),
    inspectOpenAiBatch: ({ path }) => answer(() => ({ path, ...main.state.openAiBatch })),
    sendCallbacks: (request) => answer(() => main.callbacks.send(bounded(request, request.sends).sends)),
    stopCallbacks: (request) => answer(() => main.callbacks.stop(bounded(request, request.ids).ids)),
    allowCallbacks: ({ origin }) => done(() => main.callbacks.allow(origin)),
    previewCallback: ({ id }) => answer(() => main.callbacks.preview(id)),
    listCallbackKeys: () => answer(() => ({ keys: main.callbacks.keys, backend: main.callbacks.backend })),
    saveCallbackKey: ({ scope, kind, secret }) => answer(() => main.callbacks.saveKey(scope, kind, secret)),
    rotateCallbackKey: ({ id, secret }) => answer(() => main.callbacks.rotateKey(id, secret)),
    removeCallbackKey: ({ id }) => done(() => main.callbacks.removeKey(id)),
    receiverState: () => answer(() => main.callbacks.receiver),
    startReceiver: (request) => answer(() => toldOf(main.callbacks.startReceiver(request))),
    stopReceiver: () => answer(() => toldOf(main.callbacks.stopReceiver())),
    listReceived: () => answer(() => ({ received: main.callbacks.received })),
    pullOutbox: (request) => answer(() => main.pull(request)),
    acknowledgeOutbox: (cursor) => done(() => main.acknowledge(cursor)),
    readSnapshot: ({ after, limit }) => answer(() => main.snapshot(after, limit)),
    findDeliveries: ({ ids }) => answer(() => main.knownDeliveries(ids)),
    readOutput: (request) => answer(() => main.readOutput(request)),
    revealOutput: () => done(() => {}),
    searchOutput: ({ jobIds, text }) => answer(() => main.searchOutput(jobIds, text)),
    stopOutputSearch: () => done(() => {}),
    checkDocument: ({ text }) => answer(() => ({ documents: JSON.stringify(checkText('document', text)) })),
    chooseImport: () => answer(() => (dialogs.import === null ? null : imports.open(dialogs.import))),
    openImport: ({ paths }) =>
      answer(() =>
        imports.open(sampleFiles().map((file, index) => ({ ...file, name: paths[index] ?? file.name }))),
      ),
    importText: (file) => answer(() => imports.open([file])),
    importProgress: ({ importId }) => answer(() => imports.progress(importId)),
    readImport: (request) =>
      answer(() => {
        const { documents, next } = imports.page(request);
        return { documents: JSON.stringify(documents), next };
      }),
    tellImportOutcomes: (request) => done(() => imports.tell(bounded(request, request.outcomes))),
    reportImport: (request) => answer(() => imports.report(request)),
    closeImport: ({ importId }) => done(() => imports.close(importId)),
    chooseExport: (request) => answer(() => (dialogs.exportIsChosen ? exports.begin(request) : null)),
    writeExport: (request) =>
      done(() => exports.write(request.exportId, bounded(request, request.jobs).jobs)),
    finishExport: ({ exportId }) => answer(() => exports.finish(exportId)),
    cancelExport: ({ exportId }) => done(() => exports.cancel(exportId)),
    revealExport: ({ exportId }) => done(() => void exports.revealed.push(exportId)),
    listBackups: () => answer(() => backups.list()),
    beginBackup: ({ reason }) => answer(() => backups.begin(reason)),
    writeBackup: (request) =>
      done(() => backups.write(request.writeId, bounded(request, request.records).records)),
    finishBackup: ({ writeId }) => answer(() => backups.finish(writeId)),
    cancelBackup: ({ writeId }) => done(() => backups.cancel(writeId)),
    checkBackup: ({ name }) => answer(() => backups.check(name)),
    openBackup: ({ name }) => answer(() => backups.open(name)),
    chooseBackup: () => answer(() => backups.choose()),
    backupReading: ({ openId }) => answer(() => backups.reading(openId)),
    readBackup: (request) => answer(() => backups.page(request)),
    lackingInBackup: (request) =>
      answer(() => ({ ids: backups.lacking(request.openId, bounded(request, request.ids).ids) })),
    closeBackup: ({ openId }) => done(() => backups.close(openId)),
    revealBackup: () => done(() => {}),
    outputSizes: (request) =>
      answer(() => ({
        sizes: bounded(request, request.ids).ids.map((id) => backups.outputBytes.get(id) ?? 0),
      })),
    dropOutput: (request) => answer(() => backups.dropOutput(bounded(request, request.ids).ids)),
    readSettings: () => answer(() => settings),
    writeSettings: (patch) =>
      answer(() => {
        settings = { ...settings, ...patch };
        main.slots = settings.slots ?? APP_INFO.cpuCount;
        return settings;
      }),
    pathForFile: (file) => (file instanceof File ? `/home/you/${file.name}` : ''),
    onOutboxGrew: subscribe('outbox:grew'),
    onRunnerChanged: subscribe('runner:changed'),
    onJobActivated: subscribe('job:activated'),
    onImportProgressed: subscribe('import:progressed'),
    onExportProgressed: subscribe('export:progressed'),
    onFilesOpened: subscribe('files:opened'),
    onReceiverChanged: subscribe('receiver:changed'),
    onMenuChosen: subscribe('menu:chosen'),
  };
  return {
    api,
    main,
    imports,
    exports,
    backups,
    dialogs,
    activateJob: (jobId) => push('job:activated', { jobId }),
    openFiles: (paths) => push('files:opened', { paths }),
    receive: (received) => {
      main.callbacks.arrive(received);
      push('receiver:changed', main.callbacks.receiver);
    },
    chooseMenu: (command) => push('menu:chosen', { command }),
  };
}

const APP_INFO = {
  name: 'Jobdeck',
  version: '0.1.0',
  platform: 'linux',
  runtime: 'A browser, with nothing behind it',
  profileId: SAMPLE_PROFILE_ID,
  dataDirectory: '/home/you/.local/share/jobdeck',
  homeDirectory: '/home/you',
  cpuCount: 2,
};

/** Asynchronous, cloned, and an error as a value: what a call across processes is. */
async function answer<T>(handle: () => T | Promise<T>): Promise<Result<T>> {
  await Promise.resolve();
  try {
    return structuredClone(ok(await handle()));
  } catch (error) {
    return { ok: false, error: toErrorValue(error) };
  }
}

function done(handle: () => void | Promise<void>): Promise<Result<Record<string, never>>> {
  return answer(async () => {
    await handle();
    return {};
  });
}

function bounded<T>(request: T, list: readonly unknown[]): T {
  if (list.length > MAX_PAGE) {
    throw new AppError('bad-request', `Expected at most ${MAX_PAGE} in one message, got ${list.length}.`);
  }
  return structuredClone(request);
}

function createPushes() {
  const listeners = new Map<Push, Set<(payload: never) => void>>();
  return {
    push<P extends Push>(name: P, payload: Pushes[P]): void {
      for (const listener of listeners.get(name) ?? []) (listener as (payload: Pushes[P]) => void)(payload);
    },
    subscribe:
      <P extends Push>(name: P) =>
      (listener: (payload: Pushes[P]) => void) => {
        const all = listeners.get(name) ?? new Set();
        listeners.set(name, all.add(listener));
        return () => void all.delete(listener);
      },
  };
}

/** An array of good documents, and NDJSON with one to repair and two that are wrong. */
function sampleFiles(): { name: string; text: string }[] {
  const [first, second, ...others] = sampleHistory(8);
  return [
    { name: 'jobs.json', text: JSON.stringify(others, null, 2) },
    {
      name: 'mixed.ndjson',
      text: [
        JSON.stringify(first),
        JSON.stringify({ ...second, status: 'Completed' }),
        JSON.stringify({ status: 'done' }),
        '{"id": "job-',
      ].join('\n'),
    },
  ];
}
