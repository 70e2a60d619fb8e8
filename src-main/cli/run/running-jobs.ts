/** Which jobs run now, as the runner's events tell. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Runner } from '../../core/runner-types.ts';

export interface RunningJobs {
  ids(): JobId[];
  dispose: Disposer;
}

/** Begins to follow the runner; call it before any job is started. */
export function followRunning(runner: Runner): RunningJobs {
  const running = new Set<JobId>();
  const dispose = runner.onEvents((events) => {
    for (const { type, jobId } of events) {
      if (type === 'started') running.add(jobId);
      else if (type === 'ended' || type === 'requeued') running.delete(jobId);
    }
  });
  return { ids: () => [...running], dispose };
}
