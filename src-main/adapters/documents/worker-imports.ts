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
  /** Told why no thread can be had, or why one ended by itself. */
  onProblem: (problem: unknown) => void;
  /** How long the thread is kept once no import is open, milliseconds. */
  idleMs?: number;
}

/** What answers: the thread, or this one. */
type Host = Pick<Imports, ImportMethod>;

const IDLE_MS = 60_000;

export function createWorkerImports(options: WorkerImportsOptions): Imports {
  const { startThread, createHere, onProblem, idleMs = IDLE_MS } = options;
  const listeners = new Set<(progress: ImportProgress) => void>();
  /** The newest progress of each that is open. */
  const open = new Map<string, ImportProgress>();
  let host: Promise<Host> | null = null;
  let idle: NodeJS.Timeout | undefined;
  /** Calls that are not answered yet. */
  let busy = 0;

  function tell(progress: ImportProgress): void {
    if (open.has(progress.importId)) open.set(progress.importId, progress);
    for (const listener of listeners) listener(progress);
  }

  /** Asks who answers, and starts it first where there is none. */
  async function ask<T>(work: (host: Host) => Promise<T>): Promise<T> {
    busy++;
    try {
      host ??= start();
      return await work(await host);
    } finally {
      busy--;
      rest();
    }
  }

  async function start(): Promise<Host> {
    const thread = await startedThread();
    if (thread !== null) return inThread(thread);
    const here = createHere();
    here.onProgress(tell);
    host = Promise.resolve(here);
    return here;
  }

  /** Null where none can be had: whatever the reason is, the imports are read here then. */
  async function startedThread(): Promise<ImportThread | null> {
    let port: ThreadPort;
    try {
      port = startThread();
    } catch (error) {
      onProblem(error);
      return null;
    }
    const thread = followThread(port, tell, (problem) => {
      onProblem(problem.cause ?? problem);
      host = null;
      const lost = [...open.values()];
      open.clear();
      for (const progress of lost) tell({ ...progress, state: 'failed', problem: problem.message });
    });
    return (await thread.ready) ? thread : null;
  }

  async function opened(asked: Promise<ImportOpened>): Promise<ImportOpened> {
    const answer = await asked;
    open.set(answer.importId, notYetRead(answer));
    return answer;
  }

  /** Gives the thread back in a while, where nothing needs it. */
  function rest(): void {
    clearTimeout(idle);
    if (open.size === 0 && busy === 0) idle = setTimeout(() => void end(), idleMs).unref();
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ending = host;
    host = null;
    open.clear();
    await (await ending)?.closeAll();
  }

  return {
    openImport: (paths) => ask((to) => opened(to.openImport(paths))),
    importText: (name, text) => ask((to) => opened(to.importText(name, text))),
    checkText: (name, text) => ask((to) => to.checkText(name, text)),
    progress: (importId) => ask((to) => to.progress(importId)),
    readPage: (request) => ask((to) => to.readPage(request)),
    tellOutcomes: (request) => ask((to) => to.tellOutcomes(request)),
    writeReport: (importId, refused, path) => ask((to) => to.writeReport(importId, refused, path)),
    async close(importId) {
      await (await host)?.close(importId);
      open.delete(importId);
      rest();
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
    checkText: (name, text) => thread.ask('checkText', name, text),
    progress: (importId) => thread.ask('progress', importId),
    readPage: (request) => thread.ask('readPage', request),
    tellOutcomes: (request) => thread.ask('tellOutcomes', request),
    writeReport: (importId, refused, path) => thread.ask('writeReport', importId, refused, path),
    close: (importId) => thread.ask('close', importId),
    // Not asked to: it may wait for a disk that does not answer. What it kept goes with it.
    closeAll: async () => thread.end(),
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
