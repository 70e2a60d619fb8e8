/** A folder for the real command line to work in, and jobs for it. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { sampleUuid } from '../../fakes/sample-jobs.ts';
import { type Outcome, run, type Started, type StartOptions, start } from './command-line.ts';

export interface Folder {
  cwd: string;
  path(name: string): string;
  write(name: string, text: string): void;
  writeJobs(name: string, jobs: readonly BatchJob[]): void;
  read(name: string): string;
  /** The lines of an NDJSON file, parsed; a last one without its line break is left out. */
  lines<T = Record<string, unknown>>(name: string): T[];
  /** Resolves once `name` is there. */
  appears(name: string): Promise<void>;
  /** Runs a command to its end. */
  run(argv: string[], options?: Partial<StartOptions>): Promise<Outcome>;
  /** Starts one; it is killed at the end of the test if it is still there. */
  start(argv: string[], options?: Partial<StartOptions>): Started;
  /** A job that runs a shell line in the folder. */
  shell(number: number, line: string, rest?: JobdeckRequest): BatchJob;
}

/** Removed at the end of the test. */
export function makeFolder(): Folder {
  const cwd = mkdtempSync(join(tmpdir(), 'jobdeck-cli-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 5 }));
  const path = (name: string) => join(cwd, name);
  return {
    cwd,
    path,
    write: (name, text) => writeFileSync(path(name), text),
    writeJobs: (name, jobs) =>
      writeFileSync(path(name), jobs.map((each) => `${JSON.stringify(each)}\n`).join('')),
    read: (name) => readFileSync(path(name), 'utf8'),
    lines: (name) => parseLines(readFileSync(path(name), 'utf8')),
    async appears(name) {
      const watcher = watch(cwd);
      try {
        while (!existsSync(path(name))) await once(watcher, 'change');
      } finally {
        watcher.close();
      }
    },
    run: (argv, options) => run(argv, { cwd, ...options }),
    start(argv, options) {
      const started = start(argv, { cwd, ...options });
      onTestFinished(() => void started.child.kill('SIGKILL'));
      return started;
    },
    shell: (number, line, rest = {}) =>
      aJob(number, { task: { kind: 'command', shell: line, cwd }, ...rest }),
  };
}

export function aJob(number: number, request: JobdeckRequest): BatchJob {
  const origin = { now: '2026-11-23T09:00:00.000Z', uuid: () => sampleUuid(number), by: null };
  return newJob(request, origin, { jobType: request.items === undefined ? 'job' : 'batch' });
}

export function parseLines<T = Record<string, unknown>>(text: string): T[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** As `ps` names it: `R`, `S`, `T` for one that was stopped, `Z` for one that has ended; empty for none. */
export function stateOf(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .slice(0, 1);
}

/** A process that has ended and whose end nobody has asked for yet is not alive. */
export function isAlive(pid: number): boolean {
  return !['', 'Z'].includes(stateOf(pid));
}

/** A line that says that it runs and then waits for the file `go`. */
export function waitingFor(go: string, name: string): string {
  return `echo begun; echo $$ > ${name}.part; mv ${name}.part ${name}; while [ ! -e ${go} ]; do sleep 0.05; done`;
}
