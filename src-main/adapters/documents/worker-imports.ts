/**
 * Imports that are read in a thread of their own: neither a gigabyte of files nor one document of many megabytes holds up
 * the process that runs the jobs. Where no thread can be had they are read in this one, in short turns.
 */
import type { ImportOpened, ImportProgress } from '#shared/contract/documents.ts';
import type { Imports } from './import-session.ts';
import { followThread, type ImportMethod, type ImportThread, type ThreadPort } from './import-thread.ts';

export interface WorkerImportsOptions {
  /** Starts `import-worker.ts`. */
  startThread: () => ThreadPort;
  /** For where it does not start. */
  createHere: () => Imports;
  /** How long the thread is kept once no import is open, milliseconds. */
  idleMs?: number;
}

/** What answers: the thread, or this one. */
type Host = Pick<Imports, ImportMethod>;

const IDLE_MS = 60_000;

export function createWorkerImports(options: WorkerImportsOptions): Imports {
  const { startThread, createHere, idleMs = IDLE_MS } = options;
  const listeners = new Set<(progress: ImportProgress) => void>();
  /** The newest progress of each that is open. */
  const open = new Map<string, ImportProgress>();
  let host: Promise<Host> | null = null;
  let idle: NodeJS.Timeout | undefined;

  function tell(progress: ImportProgress): void {
    if (open.has(progress.importId)) open.set(progress.importId, progress);
    for (const listener of listeners) listener(progress);
  }

  function current(): Promise<Host> {
    clearTimeout(idle);
    host ??= start();
    return host;
  }

  async function start(): Promise<Host> {
    const thread = followThread(startThread(), tell, ({ message }) => {
      host = null;
      const lost = [...open.values()];
      open.clear();
      for (const progress of lost) tell({ ...progress, state: 'failed', problem: message });
    });
    if (await thread.ready) return inThread(thread);
    const here = createHere();
    here.onProgress(tell);
    host = Promise.resolve(here);
    return here;
  }

  async function opened(asked: Promise<ImportOpened>): Promise<ImportOpened> {
    const answer = await asked;
    open.set(answer.importId, notYetRead(answer));
    return answer;
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = host;
    host = null;
    open.clear();
    await (await ending)?.closeAll();
  }

  return {
    openImport: async (paths) => opened((await current()).openImport(paths)),
    importText: async (name, text) => opened((await current()).importText(name, text)),
    progress: async (importId) => (await current()).progress(importId),
    readPage: async (request) => (await current()).readPage(request),
    tellOutcomes: async (request) => (await current()).tellOutcomes(request),
    writeReport: async (importId, refused, path) => (await current()).writeReport(importId, refused, path),
    async close(importId) {
      await (await host)?.close(importId);
      open.delete(importId);
      if (open.size > 0) return;
      clearTimeout(idle);
      idle = setTimeout(() => void end(), idleMs).unref();
    },
    closeAll: end,
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function inThread(thread: ImportThread): Host {
  return {
    openImport: (paths) => thread.ask('openImport', paths),
    importText: (name, text) => thread.ask('importText', name, text),
    progress: (importId) => thread.ask('progress', importId),
    readPage: (request) => thread.ask('readPage', request),
    tellOutcomes: (request) => thread.ask('tellOutcomes', request),
    writeReport: (importId, refused, path) => thread.ask('writeReport', importId, refused, path),
    close: (importId) => thread.ask('close', importId),
    async closeAll() {
      await thread.ask('closeAll');
      await thread.end();
    },
  };
}

function notYetRead({ importId, files }: ImportOpened): ImportProgress {
  return {
    importId,
    bytesRead: 0,
    totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    counts: { total: 0, valid: 0, repaired: 0, invalid: 0 },
    state: 'reading',
    problem: null,
  };
}
