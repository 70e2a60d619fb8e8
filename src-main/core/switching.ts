/** Lets running jobs stand still, and go on. Remembered in memory alone: no process stands still after a restart. */
import { AppError } from '#shared/app-error.ts';
import type { SwitchResponse } from '#shared/contract/jobs.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type ActiveJob, type ActiveJobs, isBatch } from './active-jobs.ts';
import type { BatchRunner } from './batch/batch-runner.ts';
import { attemptOf } from './job-life.ts';
import type { Executor } from './ports.ts';

export interface SwitchingContext {
  active: ActiveJobs;
  executor: Executor;
  batches: Pick<BatchRunner, 'suspend' | 'resume'>;
}

export type Switching = Record<'suspend' | 'resume', (ids: readonly JobId[]) => Promise<SwitchResponse>>;

export function createSwitching({ active, executor, batches }: SwitchingContext): Switching {
  async function change(id: JobId, verb: 'suspend' | 'resume'): Promise<void> {
    const entry = running(id);
    const { abort, job } = entry;
    const done = isBatch(job)
      ? await batches[verb](id)
      : await executor[verb]({ jobId: id, attempt: attemptOf(job) });
    if (!done) throw new AppError('unsupported', REFUSAL[verb]);
    // Unless it ended meanwhile.
    if (entry.abort === abort) entry.suspended = verb === 'suspend';
  }

  function running(id: JobId): ActiveJob {
    const entry = active.get(id);
    if (entry === undefined)
      throw new AppError('not-found', `Expected ${id} to run, but it has ended or is not known.`);
    if (entry.job.status !== 'running' || entry.abort === null) {
      throw new AppError('conflict', `Expected ${id} to run, but it waits.`);
    }
    return entry;
  }

  async function changeAll(ids: readonly JobId[], verb: 'suspend' | 'resume'): Promise<SwitchResponse> {
    const response: SwitchResponse = { done: [], refused: [] };
    const changeOne = async (id: JobId) => {
      try {
        await change(id, verb);
        response.done.push(id);
      } catch (error) {
        response.refused.push({ id, error: toErrorValue(error) });
      }
    };
    await Promise.all([...new Set(ids)].map(changeOne));
    return response;
  }

  return {
    suspend: (ids) => changeAll(ids, 'suspend'),
    resume: (ids) => changeAll(ids, 'resume'),
  };
}

const REFUSAL = {
  suspend:
    'It cannot stand still: only processes on this machine can, and only where the system lets them. Requests and model calls go on.',
  resume: 'It cannot go on: it has no process that stands still.',
} as const;
