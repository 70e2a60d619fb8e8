/** The runner: takes jobs over, runs them in their slots, and hands what happened to the history. */
import { AppError } from '#shared/app-error.ts';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type ActiveJob, createActiveJobs } from './active-jobs.ts';
import { createAnnouncer } from './announcer.ts';
import { createBackgroundWork } from './background-work.ts';
import type { BatchRunner } from './batch/batch-runner.ts';
import { createCallbackMachine } from './callbacks/callback-machine.ts';
import { createCancelling } from './cancelling.ts';
import { createDiskWatch } from './disk-watch.ts';
import { createHolds } from './holds.ts';
import { type LifeContext, recoverAttempt, runAttempt, settle } from './job-life.ts';
import { createLedger } from './ledger.ts';
import { createLines } from './lines.ts';
import { createOutbox } from './outbox.ts';
import type {
  CallbackSender,
  Clock,
  Cron,
  DeliveryStore,
  DiskSpace,
  Executor,
  Journal,
  QueueStore,
  Random,
} from './ports.ts';
import { progressOf } from './progress.ts';
import { createMoving } from './queue/moving.ts';
import { createNetworkNeed } from './queue/network-need.ts';
import { createQueues } from './queue/queue-settings.ts';
import { createScheduler } from './queue/scheduler.ts';
import { createRecovery } from './recovery.ts';
import type { RecoveryReport, Runner, RunnerOptions } from './runner-types.ts';
import { createSteps } from './steps.ts';
import { createSubmissions } from './submission/submissions.ts';
import { createSwitching } from './switching.ts';
import { createWaitingRoom } from './waiting/waiting-room.ts';

export interface RunnerPorts {
  journal: Journal;
  clock: Clock;
  executor: Executor;
  deliveries: DeliveryStore;
  callbackSender: CallbackSender;
  batches: BatchRunner;
  queueStore: QueueStore;
  cron: Cron;
  random: Random;
  /** Absent where nobody can say how full the disk is. */
  diskSpace?: DiskSpace;
}

/** A runner over its ports. Nothing starts before `start`. */
export function createRunner(ports: RunnerPorts, options: RunnerOptions): Runner {
  const { journal, clock, executor, batches, cron, random } = ports;
  const { profileId } = options;
  let life: 'new' | 'running' | 'stopping' | 'stopped' = 'new';
  let isRecovered = false;

  const active = createActiveJobs();
  const announcer = createAnnouncer({ status });
  const work = createBackgroundWork(announcer.changed);
  const ledger = createLedger({ journal, clock }, startsChanged);
  const holds = createHolds(ledger.problem, startsChanged);
  const diskWatch = createDiskWatch({ clock, space: ports.diskSpace }, (message) =>
    holds.set('disk-full', message),
  );
  const queues = createQueues(ports.queueStore, active.queues);
  const callbacks = createCallbackMachine({
    ...{ journal, ledger, active, clock, random },
    store: ports.deliveries,
    sender: ports.callbackSender,
    settings: options.callbackSettings,
    findItem: batches.findItem,
    hasNetwork: () => !holds.has('network'),
    told: announcer.event,
    changed: announcer.changed,
    background: (sending) => void work.track(sending, 'Sending callbacks'),
  });
  const lines = createLines({ active, profileId, told: announcer.event, callbacks });
  const scheduler = createScheduler({
    slots: options.slots,
    queues,
    holds,
    needsNetwork: createNetworkNeed(options.profileAddress ?? (() => null)),
    attempt: (entry) => inPhase(entry, 'attempt', runAttempt),
    released: announcer.changed,
  });
  const room = createWaitingRoom({
    ...{ clock, cron, active, scheduler, isStopping },
    settle: (entry) => void inPhase(entry, 'settling', settle),
  });
  const outbox = createOutbox(journal, ports.deliveries, () => !isRecovered || steps.isSpreading());
  const steps = createSteps({
    ...{ ledger, lines, active, profileId, now: clock.now, look: room.look },
    background: (telling) => void work.track(telling, 'What depends on jobs that ended'),
    spreadOver: () => isRecovered && outbox.release(),
  });
  const context: LifeContext = {
    ...{ clock, executor, batches, cron, random, steps, profileId, isStopping },
    tellItems: callbacks.tellItems,
    inBackground: options.inBackground,
    isFinishing: () => holds.has('finishing'),
    starting: diskWatch.starting,
    reported: ({ error }) => error?.code === 'disk-full' && diskWatch.full(),
  };
  const recovery = createRecovery({
    ...{ journal, active, steps, clock, profileId, isStopping, look: room.look, working },
    recoverAttempt: (entry) => recoverAttempt(entry, context),
  });
  const submitAll = createSubmissions({
    ...{ journal, active, ledger, lines, queues, clock, cron, profileId, isStopping, look: room.look },
  });
  batches.onItemEnded(callbacks.itemEnded);
  const move = createMoving({ active, journal, steps, scheduler, profileId, now: clock.now });

  function isStopping(): boolean {
    return life === 'stopping' || life === 'stopped';
  }

  /** Something that holds starts or callbacks back may be over. */
  function startsChanged(): void {
    scheduler.look();
    callbacks.look();
    announcer.changed();
  }

  function status(): RunnerStatus {
    return {
      slots: scheduler.slots(),
      ...active.counts(),
      callbacksDue: callbacks.dueCount(),
      problem: ledger.problem() ?? work.fault() ?? options.adapterProblem?.() ?? null,
      queues: queues.states(),
      holds: holds.list(),
    };
  }

  function isIdle(): boolean {
    if (life === 'stopped') return true;
    const nothingIsLeft = active.size() === 0 || (holds.has('finishing') && scheduler.taken() === 0);
    return nothingIsLeft && !callbacks.isAnyUntried();
  }

  function working(entry: ActiveJob, of: Promise<void>): Promise<void> {
    entry.work = work.track(of, entry.job.id);
    return entry.work;
  }

  /** Does what one phase of a job is about; where it has not ended by then, it waits again. */
  function inPhase(
    entry: ActiveJob,
    phase: 'attempt' | 'settling',
    action: (entry: ActiveJob, context: LifeContext) => Promise<void>,
  ): Promise<void> {
    entry.phase = phase;
    const whole = async () => {
      await action(entry, context);
      entry.phase = 'waiting';
      room.look(entry);
    };
    return working(entry, whole());
  }

  async function forget(ids: readonly JobId[]): Promise<JobId[]> {
    const left = await callbacks.leave(ids.filter((id) => active.get(id) === undefined));
    const refused = ids.filter((id) => active.get(id) !== undefined);
    const kept = new Set(refused);
    const dropped = ids.filter((id) => !kept.has(id));
    // Those that wait for them are to know how they ended.
    await steps.untilSpread();
    try {
      await journal.forget(dropped);
      batches.forget(dropped);
    } finally {
      left();
    }
    announcer.changed();
    return refused;
  }

  async function start(): Promise<RecoveryReport> {
    if (life !== 'new') throw new AppError('conflict', 'Expected a runner that was not started yet.');
    life = 'running';
    recovery.load();
    const report = recovery.report();
    callbacks.start();
    await ledger.untilRefusal(recover());
    return report;
  }

  /** The first slot is given only once all that was found is in its place in the queues. */
  async function recover(): Promise<void> {
    await recovery.recover();
    if (isStopping()) return;
    isRecovered = true;
    if (!steps.isSpreading()) outbox.release();
    scheduler.start();
    announcer.changed();
  }

  async function finish(): Promise<void> {
    holds.set('finishing', 'Jobdeck finishes what runs and starts nothing more.');
    batches.finish();
    await announcer.when(isIdle);
  }

  async function stop(): Promise<void> {
    if (!isStopping()) {
      life = 'stopping';
      scheduler.stop();
      room.stop();
      diskWatch.stop();
      for (const entry of active.all()) entry.abort?.abort('stop');
      ledger.stop();
      batches.stop();
    }
    const submissions = [...active.all()].filter((entry) => entry.phase === 'submitting');
    await Promise.allSettled(submissions.map((entry) => entry.work));
    await callbacks.stop();
    await work.over();
    life = 'stopped';
    announcer.changed();
  }

  return {
    start,
    submit(jobs, ended = []) {
      if (!isStopping()) recovery.load();
      return submitAll(jobs, ended);
    },
    cancel: createCancelling({ active, ledger, look: room.look }),
    forget,
    setSlots(slots) {
      scheduler.setSlots(slots);
      announcer.changed();
    },
    ...createSwitching({ active, executor, batches }),
    move,
    progress: (ids) => progressOf(ids, { active, batches, clock, cron, scheduler }),
    saveQueue(queue) {
      queues.save(queue);
      startsChanged();
    },
    removeQueue(name) {
      queues.remove(name);
      startsChanged();
    },
    hold: holds.set,
    wake() {
      batches.wake();
      room.wake();
      callbacks.wake();
    },
    finish,
    status,
    outbox,
    callbacks: {
      ...callbacks.byHand,
      look: callbacks.look,
      settled: () => announcer.when(() => life === 'stopped' || !callbacks.isAnyLeft()),
    },
    onEvents: announcer.onEvents,
    onStatus: announcer.onStatus,
    idle: () => announcer.when(isIdle),
    stop,
  };
}
