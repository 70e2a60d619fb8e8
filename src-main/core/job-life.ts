/**
 * A job's way through the runner once it is durable: waits, runs, ends. Each step is written before it is acted
 * on, and each job has at most one write on its way.
 */
import { toErrorValue } from '#shared/contract/result.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import { type JobCommand, transition } from '#shared/job/transition.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import { commandAfterCrash, commandFor, reportWithoutRun } from './attempt-outcome.ts';
import { type Entry, type Ledger, wantsCallback } from './ledger.ts';
import type { AttemptReport, Clock, Executor } from './ports.ts';
import { deadlinePassed, runnableTask } from './runnable.ts';

/** Between TERM and KILL where the job does not say. */
export const DEFAULT_KILL_GRACE_MS = 5000;

export interface LifeContext {
  clock: Clock;
  executor: Executor;
  ledger: Ledger;
  active: ActiveJobs;
  profileId: string;
  inBackground: () => boolean;
  isStopping: () => boolean;
  /** An event became durable and memory has it. */
  told(event: JobEvent): void;
  callbackDue(event: JobEvent): void;
}

/** Runs one attempt, from `started` to what follows from its end. */
export async function runAttempt(entry: ActiveJob, context: LifeContext): Promise<void> {
  const { clock, ledger } = context;
  const abort = new AbortController();
  const { signal } = abort;
  entry.abort = abort;
  const begun = await ledger.persist(() => firstStep(entry, context));
  if (begun?.type !== 'started') return;

  entry.firstStartNs ??= clock.monotonicNs();
  // Ended while its start was being written: it has a start, and no process.
  const ran = !signal.aborted;
  const report = ran ? await execute(entry, signal, context) : reportWithoutRun('cancelled');
  const totalNs = clock.monotonicNs() - entry.firstStartNs;
  const cause = entry.cancelRequested ? 'cancel' : signal.aborted ? 'stop' : null;
  const ended = step(
    entry,
    context,
    commandFor({ job: entry.job, ran, report, cause, totalNs, by: context.profileId }),
  );
  // Given up where the journal fails while the runner stops: it still says `running`, and the next start recovers that.
  await ledger.persist(() => ended);
}

/** Ends a job that waits, because it was cancelled or its deadline passed. */
export async function settle(entry: ActiveJob, context: LifeContext): Promise<void> {
  entry.phase = 'settling';
  await context.ledger.persist(() => endOfWaiting(entry, context));
}

/** True where a waiting job has to end instead of waiting on. */
export function waitsInVain(entry: ActiveJob, context: LifeContext): boolean {
  return entry.cancelRequested || deadlinePassed(entry.job, context.clock.now());
}

/** Ends what a killed application left of an attempt, and records what its interruption means. */
export async function recoverAttempt(entry: ActiveJob, context: LifeContext): Promise<void> {
  const notice = await reap(entry, context.executor);
  await context.ledger.persist(() =>
    step(entry, context, commandAfterCrash(entry.job, notice, context.profileId)),
  );
}

/** The change that `command` makes, and what memory makes of it once it is durable. */
export function step(entry: ActiveJob, context: LifeContext, command: JobCommand): Entry {
  const apply = (event: JobEvent) => {
    context.active.update(entry, event.job);
    if (event.type === 'ended') {
      context.active.remove(entry);
      if (wantsCallback(event.job)) context.callbackDue(event);
    }
    context.told(event);
  };
  return { change: transition(entry.job, command, context.clock.now()), apply };
}

function firstStep(entry: ActiveJob, context: LifeContext): Entry | null {
  if (context.isStopping()) return null;
  if (waitsInVain(entry, context)) return endOfWaiting(entry, context);
  return step(entry, context, { type: 'start', by: context.profileId, background: context.inBackground() });
}

function endOfWaiting(entry: ActiveJob, context: LifeContext): Entry {
  return step(entry, context, { type: entry.cancelRequested ? 'cancel' : 'expire', by: context.profileId });
}

async function execute(
  entry: ActiveJob,
  signal: AbortSignal,
  { clock, executor }: LifeContext,
): Promise<AttemptReport> {
  const { job } = entry;
  const runnable = runnableTask(job, clock.now());
  if ('error' in runnable) return reportWithoutRun('failed', runnable.error);
  const jobdeck = jobdeckOf(job);
  const spec = {
    jobId: job.id,
    attempt: attemptNumber(entry),
    task: runnable.task,
    timeoutMs: jobdeck?.timeout_ms ?? null,
    killGraceMs: jobdeck?.kill_grace_ms ?? DEFAULT_KILL_GRACE_MS,
  };
  try {
    return await executor.run(spec, signal);
  } catch (error) {
    return reportWithoutRun('failed', { code: 'spawn', message: toErrorValue(error).message });
  }
}

async function reap(entry: ActiveJob, executor: Executor): Promise<string> {
  try {
    const { survivors } = await executor.reap({ jobId: entry.job.id, attempt: attemptNumber(entry) });
    if (survivors.length === 0) return '';
    return `Processes it left and that could not be ended: ${survivors.join(', ')}.`;
  } catch (error) {
    return `Whether it left processes behind could not be found out: ${toErrorValue(error).message}`;
  }
}

function attemptNumber(entry: ActiveJob): number {
  return jobdeckOf(entry.job)?.attempts?.at(-1)?.number ?? 1;
}
