/** The command line with streams in memory and a runner over fakes. What is on the `disk` outlives a command. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { AppError } from '#shared/app-error.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Workspace, WorkspaceOptions } from '../../src-main/adapters/workspace-types.ts';
import type { StopSignal } from '../../src-main/cli/cli-types.ts';
import { runCli } from '../../src-main/cli/run-cli.ts';
import { type ItemDisk, type MemoryItemStore, openMemoryItemStore } from './memory-item-store.ts';
import { type Disk, emptyDisk } from './memory-journal.ts';
import { createBench, type RunnerBench } from './runner-bench.ts';

export interface CliBenchOptions {
  cwd: string;
  disk?: Disk;
  itemDisk?: ItemDisk;
  stdin?: string;
  stderrIsTerminal?: boolean;
  /** Called with the runner's fakes before any job is submitted. */
  prepare?: (bench: RunnerBench) => void;
  /** Standard output's reader goes away after so many writes. */
  readerLeavesAfter?: number;
  /** Opening the data directory fails with this. */
  openError?: AppError;
}

export interface CliBench {
  run(...argv: string[]): Promise<number>;
  /** As the user or the system sends it. */
  signal(signal: StopSignal): void;
  /** The item store of the workspace; it outlives a command. */
  items: MemoryItemStore;
  /** An item of a batch has ended: it is in the store, and who listens is told. */
  endItem(jobId: JobId, record: ItemRecord): void;
  stdout(): string;
  /** Each line of standard output, parsed. */
  lines(): Record<string, unknown>[];
  stderr(): string;
  disk: Disk;
  opened: WorkspaceOptions[];
  closed: number;
}

export function createCliBench(options: CliBenchOptions): CliBench {
  const out = collector(options.readerLeavesAfter);
  const err = collector();
  const signalListeners = new Set<(signal: StopSignal) => void>();
  const itemListeners = new Set<(jobId: JobId, record: ItemRecord) => void>();
  const bench: CliBench = {
    disk: options.disk ?? emptyDisk(),
    opened: [],
    closed: 0,
    run: (...argv) =>
      runCli(argv, {
        io: {
          stdin: textStream(options.stdin ?? ''),
          stdout: out.stream,
          stderr: err.stream,
          stderrIsTerminal: options.stderrIsTerminal ?? false,
          cwd: options.cwd,
          onSignal(listener) {
            signalListeners.add(listener);
            return () => signalListeners.delete(listener);
          },
        },
        openWorkspace: async (workspaceOptions) => {
          if (options.openError) throw options.openError;
          return openFake(bench, workspaceOptions, itemListeners, options.prepare);
        },
        startSpawnHelper: () => {
          throw new AppError('internal', 'Expected no process to be started.');
        },
        version: '9.9.9',
      }),
    signal(signal) {
      for (const listener of signalListeners) listener(signal);
    },
    items: openMemoryItemStore(options.itemDisk),
    endItem(jobId, record) {
      bench.items.disk.get(jobId)?.items.set(record.index, record);
      for (const listener of itemListeners) listener(jobId, record);
    },
    stdout: out.text,
    stderr: err.text,
    lines: () =>
      out
        .text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
  };
  return bench;
}

async function openFake(
  bench: CliBench,
  options: WorkspaceOptions,
  itemListeners: Set<(jobId: JobId, record: ItemRecord) => void>,
  prepare: CliBenchOptions['prepare'],
): Promise<Workspace> {
  bench.opened.push(options);
  mkdirSync(options.dataDirectory, { recursive: true });
  writeFileSync(join(options.dataDirectory, 'journal.sqlite'), '');
  const runnerBench = createBench({
    disk: bench.disk,
    slots: options.slots ?? 1,
    ...(options.callbackSchedule && {
      callbackSettings: { callbackScheduleMs: [...options.callbackSchedule] },
    }),
  });
  runnerBench.executor.isAutomatic = true;
  runnerBench.batches.isAutomatic = true;
  prepare?.(runnerBench);
  const unused = () => {
    throw new AppError('internal', 'Expected the command line not to ask for this.');
  };
  const profiles: ModelProfile[] = [];
  return {
    dataDirectory: options.dataDirectory,
    profileId: 'user-1',
    runner: runnerBench.runner,
    items: bench.items,
    deliveries: runnerBench.deliveries,
    callbackKeys: { list: unused, save: unused, rotate: unused, remove: unused },
    previewCallback: unused,
    onItemEnded(listener) {
      itemListeners.add(listener);
      return () => itemListeners.delete(listener);
    },
    findJob: (id) => runnerBench.journal.find(id)?.job,
    itemSource: { read: unused },
    cron: { next: unused },
    secrets: { backend: 'file', names: unused, get: unused, save: unused, remove: unused },
    profiles: {
      list: () => profiles,
      get: (id) => profiles.find((profile) => profile.id === id),
      save: (profile) => void profiles.push(profile),
      remove: unused,
    },
    readOutput: unused,
    outputPath: unused,
    readSettings: unused,
    writeSettings: unused,
    async close() {
      await runnerBench.runner.stop();
      bench.closed++;
    },
  };
}

async function* textStream(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function collector(leavesAfter = Number.POSITIVE_INFINITY): { stream: Writable; text: () => string } {
  let text = '';
  let writes = 0;
  const stream = new Writable({
    write(chunk, _encoding, done) {
      writes++;
      if (writes > leavesAfter) {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      } else {
        text += String(chunk);
        done();
      }
    },
  });
  return { stream, text: () => text };
}
