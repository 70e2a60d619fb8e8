/** One run of a batch: from the load of its items, or where an earlier run left them, to the end of the last one. */
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchProgress } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import type { Task } from '#shared/job/tasks.ts';
import { exactNs } from '../attempt-outcome.ts';
import { DEFAULT_KILL_GRACE_MS } from '../job-life.ts';
import type { AttemptReport, AttemptSpec } from '../ports.ts';
import { verdictOf } from './batch-report.ts';
import type { BatchRunnerPorts } from './batch-runner.ts';
import { createErrorTally } from './error-tally.ts';
import { createHandOut, type HandOut } from './hand-out.ts';
import { settleInterrupted } from './interrupted-items.ts';
import { loadBatch } from './load-batch.ts';
import { createRunningItems } from './running-items.ts';
import type { StoreWrites } from './store-writes.ts';
import { createThroughput } from './throughput.ts';
import { monotonicMs, type WaitTime } from './wait-time.ts';

export interface BatchRunContext extends BatchRunnerPorts {
  writes: StoreWrites;
  waitTime: WaitTime;
  /** How many items run at a time where the job does not say. */
  concurrency: () => number;
  isActive: (id: JobId) => boolean;
  tellsItems: (job: BatchJob) => boolean;
  itemEnded: (jobId: JobId, item: ItemRecord) => void;
}

export interface BatchRun {
  /** Never rejects. */
  readonly report: Promise<AttemptReport>;
  progress(): BatchProgress;
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** Hands out no more. */
  finish(): void;
  /** Time has passed that no timer knows of. */
  look(): void;
}

const PAGE_LENGTH = 256;

export function startBatchRun(job: BatchJob, signal: AbortSignal, context: BatchRunContext): BatchRun {
  const { items: store, clock, executor, writes } = context;
  const { id } = job;
  const jobdeck = jobdeckOf(job);
  const startNs = clock.monotonicNs();
  const running = createRunningItems(executor);
  const throughput = createThroughput(monotonicMs(clock));
  const errors = createErrorTally();
  let handOut: HandOut | null = null;
  let isFinishing = false;
  let ttftNs: bigint | null = null;

  const mayTake = () => !signal.aborted && !isFinishing;
  /** What the store refuses while the application closes stays as it was: the next start finds it interrupted. */
  const givesUp = () => signal.aborted && signal.reason === 'stop';

  function cause(): 'cancel' | 'stop' | null {
    if (signal.aborted) return signal.reason === 'stop' ? 'stop' : 'cancel';
    return isFinishing ? 'stop' : null;
  }

  function itemEnded(item: ItemRecord): void {
    if (item.status === 'failed') errors.add(item);
    throughput.ended(monotonicMs(clock));
    context.itemEnded(id, item);
  }

  function reported(report: AttemptReport, itemStartNs: bigint): void {
    if (report.ttftNs === null) return;
    const firstNs = itemStartNs - startNs + BigInt(Math.round(report.ttftNs));
    if (ttftNs === null || firstNs < ttftNs) ttftNs = firstNs;
  }

  const onAbort = () => {
    running.abort(signal.reason);
    handOut?.look();
  };

  async function run(): Promise<Pick<AttemptReport, 'outcome' | 'error' | 'counts'>> {
    const { task, items } = jobdeck ?? {};
    if (task === undefined || items === undefined) return failed(NO_BATCH);
    const problem = await load(items);
    if (problem !== null) return failed(problem);
    if (!store.isLoaded(id)) return { outcome: 'cancelled' };
    await recallErrors();
    const { tellsItems } = context;
    await settleInterrupted({ job, store, executor, writes, givesUp, tellsItems, failed: itemEnded });
    await handOutAll(task);
    if (cause() === 'cancel') await writes.persist(() => store.cancelPending(id), givesUp);
    return verdictOf({ job, counts: store.counts(id), errors, wasEnded: !mayTake() });
  }

  async function load(items: Items): Promise<JobError | null> {
    let problem: JobError | null = null;
    const isEnded = () => !mayTake();
    const { source, isActive } = context;
    const attempt = async () => {
      problem = await loadBatch({ store, source, jobId: id, items, isEnded, isActive });
    };
    if (!store.isLoaded(id)) await writes.persist(() => (isEnded() ? null : attempt()), isEnded);
    return problem;
  }

  /** What failed before an earlier run was cut off counts for the error of the whole. */
  async function recallErrors(): Promise<void> {
    if (store.counts(id).failed === 0) return;
    let after: number | null = null;
    for (;;) {
      const page = store.page(id, 'failed', after, PAGE_LENGTH);
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.index;
      for (const item of page) errors.add(item);
      await new Promise<void>((resolve) => clock.after(0, resolve));
    }
  }

  async function handOutAll(task: Task): Promise<void> {
    handOut = createHandOut({
      job,
      store,
      clock,
      random: context.random,
      writes,
      waitTime: context.waitTime,
      running,
      mayTake,
      cause,
      givesUp,
      tellsItems: context.tellsItems,
      reported,
      ended: itemEnded,
      concurrency: () => Math.max(1, jobdeck?.concurrency ?? context.concurrency()),
      specOf: (item) => specOf(job, task, item),
    });
    throughput.reset(monotonicMs(clock));
    handOut.look();
    await handOut.over;
  }

  async function reportOf(): Promise<AttemptReport> {
    signal.addEventListener('abort', onAbort, { once: true });
    const verdict = await run().catch((error: unknown) => failed(unforeseen(error)));
    signal.removeEventListener('abort', onAbort);
    const durationNs = exactNs(clock.monotonicNs() - startNs) ?? 0;
    return { ...verdict, durationNs, ttftNs: ttftNs === null ? null : exactNs(ttftNs), result: {} };
  }

  return {
    report: reportOf(),
    progress() {
      const counts = store.counts(id);
      const isLoaded = store.isLoaded(id);
      const itemsPerSecond =
        isLoaded && !running.isSuspended() ? throughput.perSecond(monotonicMs(clock)) : null;
      const rest = counts.pending + counts.running;
      const etaMs = itemsPerSecond === null ? null : Math.round((rest * 1000) / itemsPerSecond);
      return { isLoaded, counts, itemsPerSecond, etaMs };
    },
    suspend: running.suspend,
    async resume() {
      throughput.reset(monotonicMs(clock));
      await running.resume();
      handOut?.look();
    },
    finish() {
      isFinishing = true;
      running.finish();
      handOut?.look();
    },
    look: () => handOut?.look(),
  };
}

function specOf(job: BatchJob, task: Task, { index, item, attempts }: ItemRecord): AttemptSpec {
  const jobdeck = jobdeckOf(job);
  return {
    jobId: job.id,
    attempt: attempts + 1,
    item: index,
    itemValue: item,
    task,
    agentId: job.agent_id,
    timeoutMs: jobdeck?.timeout_ms ?? null,
    killGraceMs: jobdeck?.kill_grace_ms ?? DEFAULT_KILL_GRACE_MS,
    maxOutputBytes: jobdeck?.max_output_bytes ?? null,
  };
}

function failed(error: JobError): Pick<AttemptReport, 'outcome' | 'error'> {
  return { outcome: 'failed', error };
}

/** What keeps its items can't be read: nothing of them is lost, and a re-run of the rest may find them again. */
function unforeseen(error: unknown): JobError {
  return { code: 'invalid-items', message: `Its items can't be read: ${toErrorValue(error).message}` };
}

const NO_BATCH: JobError = {
  code: 'invalid-task',
  message:
    'Expected a batch to have metadata.jobdeck.task and metadata.jobdeck.items, one is missing. Give it both and run it again.',
};
