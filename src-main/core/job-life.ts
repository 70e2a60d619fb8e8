/**
 * A job's way through the runner once it is durable: waits, runs, ends. Each step is written before it is acted on.
 */
import { assertNever } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemCounts } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import type { JobCommand } from '#shared/job/transition.ts';
import { type ActiveJob, isBatch } from './active-jobs.ts';
import { type AbortCause, commandAfterCrash, commandFor, reportWithoutRun } from './attempt-outcome.ts';
import type { BatchRunner } from './batch/batch-runner.ts';
import type { AttemptReport, AttemptSpec, Clock, Cron, Executor, Random } from './ports.ts';
import { runnableTask } from './runnable.ts';
import type { Step, Steps } from './steps.ts';
import { invalidTask, nextStep } from './waiting/next-step.ts';
import { successorOf } from './waiting/schedule.ts';

/** Between TERM and KILL where the job does not say. */
export const DEFAULT_KILL_GRACE_MS = 5000;

export interface LifeContext {
  clock: Clock;
  executor: Executor;
  batches: Pick<BatchRunner, 'run' | 'reap' | 'cancelWaiting'>;
  cron: Cron;
  random: Random;
  steps: Steps;
  /** Tells the callback of the items that ended, before the end of their batch. False where the runner stops meanwhile. */
  tellItems(job: BatchJob): Promise<boolean>;
  profileId: string;
  inBackground: () => boolean;
  isStopping: () => boolean;
  isFinishing: () => boolean;
  /** An attempt begins, or came back with this report. */
  starting(): void;
  reported(report: AttemptReport): void;
}

/** Runs one attempt, from `started` to what follows from its end; or none, where the job is to wait on or to end. */
export async function runAttempt(entry: ActiveJob, context: LifeContext): Promise<void> {
  const { clock, steps, random, profileId } = context;
  const abort = new AbortController();
  const { signal } = abort;
  entry.abort = abort;
  await steps.take(entry, () => firstStep(entry, context));
  if (entry.job.status === 'running') {
    entry.firstStartNs ??= clock.monotonicNs();
    // Ended while its start was being written: it has a start, and no process.
    const ran = !signal.aborted;
    const report = ran ? await execute(entry, signal, context) : reportWithoutRun('cancelled');
    context.reported(report);
    // Of attempts before a restart nothing is known that could be measured: the total begins with this process.
    const totalNs = clock.monotonicNs() - entry.firstStartNs;
    const now = clock.now();
    const { job } = entry;
    const ended = { job, ran, report, cause: causeOf(entry, signal, context), totalNs, by: profileId };
    const command = commandFor(ended, now, random);
    // Given up where the journal fails while the runner stops: it still says `running`, and the next start recovers that.
    if (await isReadyFor(command, job, context)) await steps.take(entry, () => ({ command, now }));
  }
  entry.abort = null;
  entry.suspended = false;
}

/** Ends a job that waits, or changes what it waits for: whatever is to become of it now. */
export async function settle(entry: ActiveJob, context: LifeContext): Promise<void> {
  const { job } = entry;
  const planned = stepOfWaiting(entry, context)?.command.type;
  const isEnd = planned === 'cancel' || planned === 'expire';
  // Before its end is recorded, for the record says what became of its items.
  const counts = isEnd && isBatch(job) ? await context.batches.cancelWaiting(job.id) : null;
  if (planned !== undefined && !(await isReadyFor({ type: planned }, job, context))) return;
  await context.steps.take(entry, () => withCounts(stepOfWaiting(entry, context), counts));
}

/** Ends what a killed application left of an attempt, and records what its interruption means. */
export async function recoverAttempt(entry: ActiveJob, context: LifeContext): Promise<void> {
  const { job } = entry;
  const command = commandAfterCrash(job, await reap(job, context), context.profileId);
  if (!(await isReadyFor(command, job, context))) return;
  await context.steps.take(entry, () => ({ command, now: context.clock.now() }));
}

/** The callback of a batch is told of its items before it is told of its end. */
async function isReadyFor(
  { type }: Pick<JobCommand, 'type'>,
  job: BatchJob,
  context: LifeContext,
): Promise<boolean> {
  const goesOn = type === 'start' || type === 'update' || type === 'requeue' || type === 'submit';
  return goesOn || !isBatch(job) || (await context.tellItems(job));
}

function firstStep(entry: ActiveJob, context: LifeContext): Step | null {
  if (context.isStopping() || context.isFinishing()) return null;
  const now = context.clock.now();
  if (nextStep(entry, now, context.cron).do !== 'queue') return null;
  const { profileId: by } = context;
  return withSuccessor(entry.job, { type: 'start', by, background: context.inBackground() }, now, context);
}

function stepOfWaiting(entry: ActiveJob, context: LifeContext): Step | null {
  const { profileId: by, cron } = context;
  const now = context.clock.now();
  const step = nextStep(entry, now, cron);
  switch (step.do) {
    case 'queue':
    case 'wait':
      return null;
    case 'update':
      return { command: { type: 'update', by, update: step.update }, now };
    case 'fail':
      return { command: { type: 'fail', by, error: step.error }, now };
    case 'cancel':
      return { command: { type: 'cancel', by }, now };
    case 'expire':
      return withSuccessor(entry.job, { type: 'expire', by }, now, context);
    default:
      return assertNever(step);
  }
}

/** A run that begins, or begins too late, hands its schedule on. */
function withSuccessor(job: BatchJob, command: JobCommand, now: string, context: LifeContext): Step {
  const { cron, random, profileId: by } = context;
  try {
    return { command, now, successor: successorOf(job, { now, cron, random, by }) };
  } catch (error) {
    // It was checked when the job was submitted, by an earlier version maybe.
    return { command: { type: 'fail', by, error: invalidTask(error) }, now };
  }
}

function withCounts(step: Step | null, counts: ItemCounts | null): Step | null {
  if (step === null || counts === null) return step;
  const { command } = step;
  const isEnd = command.type === 'cancel' || command.type === 'expire';
  return isEnd ? { ...step, command: { ...command, counts } } : step;
}

function causeOf(entry: ActiveJob, signal: AbortSignal, context: LifeContext): AbortCause {
  if (entry.cancelRequested) return 'cancel';
  const isFinishing = isBatch(entry.job) && context.isFinishing();
  return signal.aborted || isFinishing ? 'stop' : null;
}

async function execute(entry: ActiveJob, signal: AbortSignal, context: LifeContext): Promise<AttemptReport> {
  const { job } = entry;
  const attempt = attemptOf(job);
  context.starting();
  const runnable = runnableTask(job);
  if ('error' in runnable) return reportWithoutRun('failed', runnable.error);
  try {
    if (isBatch(job)) return await context.batches.run(job, attempt, signal);
    return await context.executor.run(specOf(job, attempt, runnable.task), signal);
  } catch (error) {
    return reportWithoutRun('failed', { code: 'spawn', message: toErrorValue(error).message });
  }
}

function specOf(job: BatchJob, attempt: number, task: Task): AttemptSpec {
  const jobdeck = jobdeckOf(job);
  return {
    jobId: job.id,
    attempt,
    task,
    agentId: job.agent_id,
    timeoutMs: jobdeck?.timeout_ms ?? null,
    killGraceMs: jobdeck?.kill_grace_ms ?? DEFAULT_KILL_GRACE_MS,
    maxOutputBytes: jobdeck?.max_output_bytes ?? null,
  };
}

async function reap(job: BatchJob, { executor, batches }: LifeContext): Promise<string> {
  try {
    const key = { jobId: job.id, attempt: attemptOf(job) };
    const { survivors } = isBatch(job) ? await batches.reap(job) : await executor.reap(key);
    if (survivors.length === 0) return '';
    return `Processes it left and that could not be ended: ${survivors.join(', ')}.`;
  } catch (error) {
    return `Whether it left processes behind could not be found out: ${toErrorValue(error).message}`;
  }
}

/** The number of the newest attempt, from 1. */
export function attemptOf(job: BatchJob): number {
  return jobdeckOf(job)?.attempts?.at(-1)?.number ?? 1;
}
