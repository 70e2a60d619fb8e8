/** Gathers jobs that end close together, so that many of them make one notification. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';

/** Long enough for the end of a batch of short jobs, too short to be felt after a single one. */
const GATHER_MS = 250;
/** After a notification the next comes no sooner than this: a queue of short jobs shall not ring all day. */
const QUIET_MS = 5000;

/** Calls `action` once, `delayMs` from now. */
export type Schedule = (delayMs: number, action: () => void) => void;

export interface EndedJobs {
  add(jobs: readonly BatchJob[]): void;
  stop: Disposer;
}

/**
 * @param show gets the jobs of one notification
 * @param nowMs monotonic time
 */
export function gatherEndedJobs(
  show: (jobs: BatchJob[]) => void,
  schedule: Schedule,
  nowMs: () => number,
): EndedJobs {
  let gathered: BatchJob[] = [];
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let stopped = false;
  return {
    add(jobs) {
      if (jobs.length === 0 || stopped) return;
      const isFirst = gathered.length === 0;
      gathered.push(...jobs);
      if (isFirst) schedule(Math.max(GATHER_MS, shownAtMs + QUIET_MS - nowMs()), flush);
    },
    stop() {
      stopped = true;
      gathered = [];
    },
  };

  function flush(): void {
    if (stopped || gathered.length === 0) return;
    const jobs = gathered;
    gathered = [];
    shownAtMs = nowMs();
    show(jobs);
  }
}
