/** How far jobs are, as far as the runner knows it without asking anyone. */
import type { JobProgress, WaitReason } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import type { BatchRunner } from './batch/batch-runner.ts';
import type { Clock, Cron } from './ports.ts';
import type { Scheduler } from './queue/scheduler.ts';
import { isoTime } from './times.ts';
import { nextStep } from './waiting/next-step.ts';

export interface ProgressContext {
  active: ActiveJobs;
  batches: Pick<BatchRunner, 'progress'>;
  clock: Clock;
  cron: Cron;
  scheduler: Pick<Scheduler, 'waitReason'>;
}

/** Of the active ones among `ids`. */
export function progressOf(ids: readonly JobId[], context: ProgressContext): JobProgress[] {
  return ids.flatMap((id) => {
    const entry = context.active.get(id);
    // Before it is durable nobody is to know of it.
    return entry === undefined || entry.phase === 'submitting' ? [] : [progress(entry, context)];
  });
}

function progress(entry: ActiveJob, context: ProgressContext): JobProgress {
  const { job, suspended } = entry;
  const isRunning = job.status === 'running';
  return {
    id: job.id,
    ...(isRunning ? { waitsFor: null, waitsUntil: null } : waitOf(entry, context)),
    suspended,
    batch: isRunning ? context.batches.progress(job.id) : null,
  };
}

function waitOf(
  entry: ActiveJob,
  { clock, cron, scheduler }: ProgressContext,
): { waitsFor: WaitReason | null; waitsUntil: string | null } {
  const step = nextStep(entry, clock.now(), cron);
  switch (step.do) {
    case 'wait':
      return { waitsFor: step.reason, waitsUntil: step.untilMs === null ? null : isoTime(step.untilMs) };
    case 'queue':
      return { waitsFor: scheduler.waitReason(entry), waitsUntil: null };
    default:
      // It is brought to an end right now.
      return { waitsFor: null, waitsUntil: null };
  }
}
