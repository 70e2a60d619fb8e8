/** The runner: takes jobs over, runs them in their slots, and hands what happened to the history. */
import { AppError } from '#shared/app-error.ts';
import type { SubmitResponse } from '#shared/contract/channels.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import { type ActiveJob, createActiveJobs } from './active-jobs.ts';
import { createAnnouncer } from './announcer.ts';
import { rerunsOnInterrupt } from './attempt-outcome.ts';
import { createCallbackMachine } from './callback-machine.ts';
import { type LifeContext, recoverAttempt, runAttempt, settle, step, waitsInVain } from './job-life.ts';
import { createLedger } from './ledger.ts';
import { createOutbox } from './outbox.ts';
import type { CallbackSender, Clock, Executor, Journal } from './ports.ts';
import type { RecoveryReport, Runner, RunnerOptions } from './runner-types.ts';
import { createScheduler } from './scheduler.ts';

export interface RunnerPorts {
  journal: Journal;
  clock: Clock;
  executor: Executor;
  callbackSender: CallbackSender;
}

/** A runner over its ports. Nothing starts before `start`. */
export function createRunner(ports: RunnerPorts, options: RunnerOptions): Runner {
  const { journal, clock, executor } = ports;
  let life: 'new' | 'running' | 'stopping' | 'stopped' = 'new';
  let fault: string | null = null;
  const tasks = new Set<Promise<void>>();
  /** Jobs submitted before the queue of the last time is back: they come after it. */
  let beforeRecovery: ActiveJob[] | null = [];

  const active = createActiveJobs();
  const announcer = createAnnouncer({ status, isIdle });
  const ledger = createLedger({ journal, clock }, announcer.changed);
  const callbacks = createCallbackMachine(
    { sender: ports.callbackSender, clock, ledger },
    { recorded: announcer.event, changed: announcer.changed },
  );
  const context: LifeContext = {
    clock,
    executor,
    ledger,
    active,
    profileId: options.profileId,
    inBackground: options.inBackground,
    isStopping,
    told: announcer.event,
    callbackDue: (event) => callbacks.add(event.job),
  };
  const scheduler = createScheduler(
    options.slots,
    (entry) => {
      entry.phase = 'attempt';
      return working(entry, runAttempt(entry, context));
    },
    (entry) => {
      if (entry.phase !== 'queued') return true;
      if (!waitsInVain(entry, context)) return false;
      working(entry, settle(entry, context));
      return true;
    },
  );

  function isStopping(): boolean {
    return life === 'stopping' || life === 'stopped';
  }

  function status(): RunnerStatus {
    return {
      slots: scheduler.slots(),
      ...active.counts(),
      callbacksDue: callbacks.count(),
      problem: ledger.problem() ?? fault ?? options.adapterProblem?.() ?? null,
    };
  }

  function isIdle(): boolean {
    return life === 'stopped' || (active.size() === 0 && callbacks.count() === 0);
  }

  /** Work that `stop` waits for. It never rejects: what nobody foresaw stays in the status. */
  function working(entry: ActiveJob, work: Promise<void>): Promise<void> {
    const guarded = work.catch((error: unknown) => {
      fault = `${entry.job.id} is stuck, close Jobdeck and open it again: ${toErrorValue(error).message}`;
    });
    entry.work = guarded;
    tasks.add(guarded);
    return guarded.finally(() => {
      tasks.delete(guarded);
      announcer.changed();
    });
  }

  function enqueue(entry: ActiveJob): void {
    entry.phase = 'queued';
    if (waitsInVain(entry, context)) void working(entry, settle(entry, context));
    else if (beforeRecovery !== null) beforeRecovery.push(entry);
    else scheduler.enqueue(entry);
  }

  async function admit(entry: ActiveJob): Promise<void> {
    try {
      await ledger.record(step(entry, context, { type: 'submit', by: options.profileId }));
    } catch (error) {
      active.remove(entry);
      throw error;
    }
    enqueue(entry);
  }

  /** What a submitted job waits for before it counts as accepted; throws where it is refused. */
  function take(job: BatchJob): Promise<void> {
    const known = active.get(job.id);
    if (known !== undefined) return known.phase === 'submitting' ? known.work : Promise.resolve();
    if (journal.find(job.id) !== undefined) return Promise.resolve();
    const refusal = refusalOf(job);
    if (refusal !== null) throw refusal;
    const entry = active.add(job, 'submitting');
    entry.work = admit(entry);
    return entry.work;
  }

  async function submit(jobs: readonly BatchJob[]): Promise<SubmitResponse> {
    if (isStopping()) throw new AppError('closing', 'Jobdeck is closing and takes no jobs any more.');
    const accepted = new Set<JobId>();
    const refused: SubmitResponse['refused'] = [];
    const writes: Promise<void>[] = [];
    for (const job of jobs) {
      try {
        writes.push(take(job));
        accepted.add(job.id);
      } catch (error) {
        refused.push({ id: job.id, error: toErrorValue(error) });
      }
    }
    // All are waited for, so that nothing is still on its way when the first failure is told.
    const failure = (await Promise.allSettled(writes)).find((write) => write.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return { accepted: [...accepted], refused };
  }

  async function cancel(ids: readonly JobId[]): Promise<{ requested: JobId[]; unknown: JobId[] }> {
    const entries = new Map(ids.map((id) => [id, active.get(id)]));
    const waits: Promise<void>[] = [];
    for (const entry of entries.values()) {
      if (entry === undefined) continue;
      entry.cancelRequested = true;
      entry.abort?.abort();
      if (entry.phase === 'queued') waits.push(working(entry, settle(entry, context)));
      if (entry.phase === 'submitting') waits.push(entry.work.then(() => entry.work));
    }
    // What waits is cancelled on return, but for a journal that refuses: then it is tried again, and the status says so.
    if (waits.length > 0) await ledger.untilRefusal(Promise.allSettled(waits));
    const known = [...entries].filter(([, entry]) => entry !== undefined).map(([id]) => id);
    return { requested: known, unknown: [...entries.keys()].filter((id) => !known.includes(id)) };
  }

  async function forget(ids: readonly JobId[]): Promise<JobId[]> {
    await Promise.all(ids.filter((id) => active.get(id) === undefined).map(callbacks.forget));
    const refused = ids.filter((id) => active.get(id) !== undefined);
    const kept = new Set(refused);
    journal.forget(ids.filter((id) => !kept.has(id)));
    announcer.changed();
    return refused;
  }

  async function start(): Promise<RecoveryReport> {
    if (life !== 'new') throw new AppError('conflict', 'Expected a runner that was not started yet.');
    life = 'running';
    const report: RecoveryReport = { failed: [], requeued: [], waiting: [] };
    const found: ActiveJob[] = [];
    for (const { job } of journal.activeJobs()) {
      if (active.get(job.id) !== undefined) continue;
      found.push(active.add(job, 'settling'));
      if (job.status === 'pending') report.waiting.push(job.id);
      else report[rerunsOnInterrupt(job) ? 'requeued' : 'failed'].push(job.id);
    }
    for (const job of journal.callbacksDue()) callbacks.add(job);
    callbacks.start();
    await ledger.untilRefusal(recover(found));
    return report;
  }

  /** The queue is filled in the order of submission, so it waits until all interrupted attempts are recorded. */
  async function recover(found: readonly ActiveJob[]): Promise<void> {
    const interrupted = found.filter((entry) => entry.job.status === 'running');
    await Promise.all(interrupted.map((entry) => working(entry, recoverAttempt(entry, context))));
    if (isStopping()) return;
    const later = beforeRecovery ?? [];
    beforeRecovery = null;
    for (const entry of found) if (entry.job.status === 'pending') enqueue(entry);
    for (const entry of later) scheduler.enqueue(entry);
    scheduler.start();
    announcer.changed();
  }

  async function stop(): Promise<void> {
    if (!isStopping()) {
      life = 'stopping';
      scheduler.stop();
      for (const entry of active.all()) entry.abort?.abort();
      ledger.stop();
    }
    const submissions = [...active.all()].filter((entry) => entry.phase === 'submitting');
    await Promise.allSettled(submissions.map((entry) => entry.work));
    await callbacks.stop();
    while (tasks.size > 0) await Promise.all(tasks);
    life = 'stopped';
    announcer.changed();
  }

  return {
    start,
    submit,
    cancel,
    forget,
    setSlots(slots) {
      scheduler.setSlots(slots);
      announcer.changed();
    },
    status,
    outbox: createOutbox(journal),
    onEvents: announcer.onEvents,
    onStatus: announcer.onStatus,
    idle: announcer.idle,
    stop,
  };
}

function refusalOf(job: BatchJob): AppError | null {
  if (job.status === 'created' || job.status === 'pending') return null;
  const reason = isActive(job.status)
    ? 'is said to run already, elsewhere'
    : `has ended (${job.status}): "Run again" makes a new job of it`;
  return new AppError('conflict', `Expected ${job.id} to be created or pending, but it ${reason}.`);
}
