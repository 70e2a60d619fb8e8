/** What an earlier life of the application left: jobs that wait, attempts that a crash cut off, ends not yet told. */
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import { rerunsOnInterrupt } from './attempt-outcome.ts';
import type { Clock, Journal } from './ports.ts';
import type { RecoveryReport } from './runner-types.ts';
import type { Step, Steps } from './steps.ts';
import { lostDependency } from './waiting/dependencies.ts';

const LOOKS_A_TURN = 2000;

export interface RecoveryContext {
  journal: Journal;
  active: ActiveJobs;
  steps: Steps;
  clock: Clock;
  profileId: string;
  isStopping: () => boolean;
  /** Work that `stop` waits for; never rejects. */
  working(entry: ActiveJob, work: Promise<void>): Promise<void>;
  recoverAttempt(entry: ActiveJob): Promise<void>;
  look(entry: ActiveJob): void;
}

export interface Recovery {
  /** Takes in what the journal has. A second call does nothing. */
  load(): void;
  report(): RecoveryReport;
  /** Records what was interrupted, and puts everything that waits back to where it waits. */
  recover(): Promise<void>;
}

export function createRecovery(context: RecoveryContext): Recovery {
  const { journal, active, steps } = context;
  let found: ActiveJob[] | null = null;

  function load(): ActiveJob[] {
    found ??= journal.activeJobs().map(({ job, position }) => active.add(job, 'settling', position));
    return found;
  }

  function report(): RecoveryReport {
    const made: RecoveryReport = { failed: [], requeued: [], waiting: [] };
    for (const { job } of load()) {
      if (job.status === 'pending') made.waiting.push(job.id);
      else made[rerunsOnInterrupt(job) ? 'requeued' : 'failed'].push(job.id);
    }
    return made;
  }

  async function recover(): Promise<void> {
    const all = load();
    const interrupted = all.filter(({ job }) => job.status === 'running');
    await Promise.all(interrupted.map((entry) => context.working(entry, context.recoverAttempt(entry))));
    // Of all that was found nothing has been started yet, so each of them waits or has ended.
    for (const entry of all) entry.phase = 'waiting';
    if (context.isStopping()) return;
    const lost = tellWhatEnded();
    await Promise.all(lost.map((id) => goOnWithout(id)));
    await lookAtAll(all);
  }

  /** A hundred thousand of them don't keep everything else from its turn. */
  async function lookAtAll(all: readonly ActiveJob[]): Promise<void> {
    for (const [index, entry] of all.entries()) {
      if (index % LOOKS_A_TURN === LOOKS_A_TURN - 1) {
        await new Promise<void>((resolve) => context.clock.after(0, resolve));
      }
      context.look(entry);
    }
  }

  /** Ends of which a crash kept others from being told. Gives the ids of which nothing is known. */
  function tellWhatEnded(): string[] {
    const awaited = [...active.relations.awaitedIds()].filter((id) => active.get(id as JobId) === undefined);
    const jobs = awaited.map((id) => journal.find(id as JobId)?.job);
    steps.spread(jobs.filter((job) => job !== undefined).filter(({ status }) => isTerminal(status)));
    return awaited.filter((_, index) => jobs[index] === undefined);
  }

  /** Those that wait for a lost job fail; those that joined it run by themselves. */
  async function goOnWithout(id: string): Promise<void> {
    const { relations } = active;
    const { profileId: by, clock } = context;
    const write = (entry: ActiveJob, command: Step['command']) =>
      context.working(
        entry,
        steps.take(entry, () => ({ command, now: clock.now() })).then(() => undefined),
      );
    await Promise.all([
      ...[...relations.waitersOf(id)].map((entry) =>
        write(entry, { type: 'fail', by, error: lostDependency(id) }),
      ),
      ...[...relations.joinersOf(id)].map((entry) =>
        write(entry, { type: 'update', by, update: { joined: undefined } }),
      ),
    ]);
  }

  return {
    load() {
      load();
    },
    report,
    recover,
  };
}
