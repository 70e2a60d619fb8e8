/** Data directories with the real executor, in this process and in one that is killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';
import type { Workspace, WorkspaceOptions } from '../../../src-main/adapters/workspace-types.ts';

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-runner-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}

/** Closed when the test ends. */
export async function open(
  dataDirectory: string,
  options: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  const workspace = await openWorkspace({
    dataDirectory,
    inBackground: () => false,
    startSpawnHelper: () => startNodeSpawnHelper(),
    version: '0.0.0',
    ...options,
  });
  onTestFinished(() => workspace.close());
  return workspace;
}

export function job(request: JobdeckRequest, callbackUrl: string | null = null): BatchJob {
  const origin = { now: new Date().toISOString(), uuid: randomUUID, by: null };
  return newJob(request, origin, { callbackUrl });
}

/** A job that runs this source in Node. */
export const nodeJob = (source: string, request: JobdeckRequest = {}): BatchJob =>
  job({ task: { kind: 'command', program: process.execPath, args: ['-e', source] }, ...request });

/** A job that runs until it is ended, and says so. */
export const endlessJob = (request: JobdeckRequest = {}): BatchJob =>
  nodeJob(`process.stdout.write(String(process.pid)); setInterval(() => {}, 60_000)`, request);

/** Endless the first time it runs, when it makes `file`; done at once the second time. */
export const onceEndlessJob = (file: string, request: JobdeckRequest): BatchJob =>
  nodeJob(
    `const fs = require('node:fs'), file = ${JSON.stringify(file)};
     if (!fs.existsSync(file)) { fs.writeFileSync(file, ''); setInterval(() => {}, 60_000); }`,
    request,
  );

/** Resolves when the file is there. */
export async function fileAppears(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setImmediate(resolve));
}

export function allEvents({ runner }: Workspace): JobEvent[] {
  const pulled = runner.outbox.pull({ cursor: null, limit: 1000 });
  if (pulled.kind === 'gap') throw new Error('Expected events, got a gap.');
  return pulled.events;
}

export function statusesOf(workspace: Workspace, { id }: BatchJob): string {
  return allEvents(workspace)
    .filter(({ jobId }) => jobId === id)
    .map(({ job }) => job.status)
    .join(' ');
}

export function storedJob(workspace: Workspace, { id }: { id: JobId }): BatchJob {
  const event = allEvents(workspace).findLast(({ jobId }) => jobId === id);
  if (event === undefined) throw new Error(`Expected events of ${id}, got none.`);
  return event.job;
}

export function resultOf(workspace: Workspace, one: BatchJob) {
  return jobdeckOf(storedJob(workspace, one))?.result;
}

/** Resolves with the first event that `matches`. */
export function eventOf(workspace: Workspace, matches: (event: JobEvent) => boolean): Promise<JobEvent> {
  return new Promise((resolve) => {
    const stop = workspace.runner.onEvents((events) => {
      const found = events.find(matches);
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });
}

/** An application that runs `jobs` in a process of its own, until it is killed. */
export interface KillableApplication {
  child: ChildProcess;
  /** Resolves with the first event of that type, of that job. */
  saw(type: JobEvent['type'], one: BatchJob): Promise<JobEvent>;
  /** `kill -9`, and waits for its end. */
  kill(): Promise<void>;
}

export function startApplication(dataDirectory: string, jobs: readonly BatchJob[]): KillableApplication {
  const script = join(import.meta.dirname, 'run-until-killed.ts');
  const child = spawn(process.execPath, [script, dataDirectory], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(jobs));
  const seen: JobEvent[] = [];
  const waiting: { matches: (event: JobEvent) => boolean; resolve: (event: JobEvent) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as JobEvent;
    seen.push(event);
    for (const { matches, resolve } of waiting) if (matches(event)) resolve(event);
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(kill);
  return {
    child,
    saw(type, { id }) {
      const matches = (event: JobEvent) => event.type === type && event.jobId === id;
      const before = seen.find(matches);
      if (before !== undefined) return Promise.resolve(before);
      return new Promise((resolve) => waiting.push({ matches, resolve }));
    },
    kill,
  };
}
