/** A real executor over a temporary folder, for the tests beside this file. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type JobId, newJobId } from '#shared/job/job-id.ts';
import type { ProgramTask, Task } from '#shared/job/tasks.ts';
import { createOutputStore, type OutputStore } from '../../../src-main/adapters/output/output-store.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import {
  createProcessExecutor,
  type ProcessExecutor,
} from '../../../src-main/adapters/process/process-executor.ts';
import { sendSignal } from '../../../src-main/adapters/process/process-tree.ts';
import type { PreparedSpec } from '../../../src-main/adapters/tasks/prepared-spec.ts';
import type { SpawnHelperPort, StartSpawnHelper } from '../../../src-main/adapters/workspace-types.ts';
import type { AttemptReport } from '../../../src-main/core/ports.ts';

export interface Bench {
  directory: string;
  outputs: OutputStore;
  executor: ProcessExecutor;
  /** Every helper that was started, oldest first. */
  helpers: SpawnHelperPort[];
  run(task: Task, options?: RunOptions): Promise<AttemptReport>;
}

export type RunOptions = Partial<Omit<PreparedSpec, 'task'>> & { signal?: AbortSignal };

/** The program that is sure to be there. */
export const NODE = process.execPath;
export const nodeTask = (source: string, ...args: string[]): ProgramTask => ({
  kind: 'command',
  program: NODE,
  args: ['-e', source, ...args],
});

export const someJobId = (): JobId => newJobId('job', randomUUID);

/** Text for a command line, by which its process is found. A test that fails leaves none of them behind. */
export function uniqueMark(): string {
  const mark = `mark-${randomUUID()}`;
  onTestFinished(() => {
    for (const pid of processesWith(mark)) sendSignal(pid, 'SIGKILL');
  });
  return mark;
}

export function temporaryDirectory(): string {
  const directory = realpathSync.native(mkdtempSync(join(tmpdir(), 'jobdeck-process-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** Closed and removed when the test ends. */
export function openBench(startSpawnHelper: StartSpawnHelper = startNodeSpawnHelper): Bench {
  const directory = temporaryDirectory();
  const outputs = createOutputStore(directory);
  const helpers: SpawnHelperPort[] = [];
  const executor = createProcessExecutor({
    outputs,
    reapGraceMs: 100,
    startSpawnHelper() {
      const helper = startSpawnHelper();
      helpers.push(helper);
      return helper;
    },
  });
  onTestFinished(() => executor.close());
  return {
    directory,
    outputs,
    executor,
    helpers,
    run(task, { signal, ...spec } = {}) {
      return executor.run(
        { jobId: someJobId(), attempt: 1, timeoutMs: null, killGraceMs: 5000, redact: [], ...spec, task },
        signal ?? new AbortController().signal,
      );
    },
  };
}

/** Waits for something that another process does and that is false, 0 or '' before; the test's own time limit is what ends a vain wait. */
export async function until<T>(look: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Text of an output file so far, '' where it does not exist yet. */
export function textSoFar(
  bench: Pick<Bench, 'outputs'>,
  jobId: JobId,
  stream = 'stdout',
  attempt = 1,
): string {
  return readIfThere(join(bench.outputs.directoryFor({ jobId, attempt }), stream));
}

/** Processes that have not ended and whose command line holds `text`. */
export function processesWith(text: string): number[] {
  const found = process.platform === 'linux' ? fromProc(text) : fromPs(text);
  return found.filter((pid) => pid !== process.pid);
}

function fromProc(text: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes(text)).map(Number);
}

function fromPs(text: string): number[] {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const found = lines.filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
  return found.map((line) => Number.parseInt(line, 10));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
