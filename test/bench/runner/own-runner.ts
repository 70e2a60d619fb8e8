/** Data directories of our own for measuring: real files, a real helper, real processes. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { newJob } from '#shared/job/new-job.ts';
import { startNodeSpawnHelper } from '../../../src-main/adapters/process/node-spawn-helper.ts';
import { openWorkspace } from '../../../src-main/adapters/workspace.ts';
import type { SpawnHelperPort, Workspace } from '../../../src-main/adapters/workspace-types.ts';

export interface OwnRunner extends Pick<Workspace, 'runner' | 'items' | 'outputPath'> {
  directory: string;
  /** Submits them at once and resolves when all have ended; throws where one did not complete. */
  runAll(jobs: readonly BatchJob[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * The helper as it is shipped, where `npm run build` has made it: run from its source it has the code that strips
 * types in its memory, and a process that forks pays for what it has there.
 */
const BUILT_HELPER = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'spawn-helper.js');
export const HELPER_KIND = existsSync(BUILT_HELPER) ? 'built' : 'source';

/** Opened, started, and warm: its helper runs. */
export async function openOwnRunner(slots: number): Promise<OwnRunner> {
  const directory = temporaryDirectory();
  const workspace = await openWorkspace({
    dataDirectory: directory,
    slots,
    inBackground: () => false,
    startSpawnHelper: (): SpawnHelperPort =>
      startNodeSpawnHelper(HELPER_KIND === 'built' ? BUILT_HELPER : undefined),
    version: '0.0.0',
  });
  const { runner, items } = workspace;
  await runner.start();
  let notCompleted = 0;
  runner.onEvents((events) => {
    for (const { type, job } of events) if (type === 'ended' && job.status !== 'completed') notCompleted += 1;
  });

  const own: OwnRunner = {
    directory,
    runner,
    items,
    outputPath: workspace.outputPath,
    async runAll(jobs) {
      notCompleted = 0;
      const { refused } = await runner.submit(jobs);
      if (refused[0] !== undefined) throw new Error(refused[0].error.message);
      await runner.idle();
      if (notCompleted > 0) throw new Error(`${notCompleted} of ${jobs.length} jobs did not complete.`);
    },
    async close() {
      await workspace.close();
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  await own.runAll(manyJobs(20, TRUE));
  return own;
}

/** What the history does after it has applied all events: the journal drops them. */
export function acknowledgeAll({ runner }: Pick<OwnRunner, 'runner'>): void {
  const { journalId, head } = runner.outbox.snapshot(null, 1);
  runner.outbox.acknowledge({ journalId, seq: head });
}

export const TRUE: JobdeckRequest = { task: { kind: 'command', program: '/bin/true' } };

export function job(request: JobdeckRequest): BatchJob {
  const jobType = request.items === undefined ? 'job' : 'batch';
  return newJob(request, { now: new Date().toISOString(), uuid: randomUUID, by: null }, { jobType });
}

export function manyJobs(count: number, request: JobdeckRequest): BatchJob[] {
  return Array.from({ length: count }, () => job(request));
}

export function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'jobdeck-bench-'));
}
