/** The lines of one commit: a step of a job, and what its end means for those that joined it or wait for it. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { type JobCommand, transition } from '#shared/job/transition.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import type { Line } from './ledger.ts';
import type { Lines } from './lines.ts';
import { dependencyFailure, unmetDependencies, withDependency } from './waiting/dependencies.ts';
import { endOfJoiner } from './waiting/joining.ts';

/** About how many events one commit of an end has. */
export const MAX_LINES = 250;

export interface StepGroup {
  readonly lines: Line[];
  add(entry: ActiveJob, command: JobCommand): void;
  /** Adds what follows from the ends in it, as far as there is room: ends bring about ends. */
  follow(): void;
  /** The jobs it is about. */
  touched(): Iterable<ActiveJob>;
  /**
   * Once memory has all of it: the ends that others are still to be told of. There was no room for them, or they
   * came while it was being written.
   */
  untold(): BatchJob[];
}

export interface StepGroupContext {
  lines: Lines;
  active: ActiveJobs;
  profileId: string;
}

/**
 * @param now when it happens, RFC 3339
 * @param earlier jobs that ended in a commit before it, and of which others are to be told
 */
export function createStepGroup(
  { lines, active, profileId: by }: StepGroupContext,
  now: string,
  earlier: readonly BatchJob[] = [],
): StepGroup {
  const { relations } = active;
  /** As they are after the lines so far. */
  const records = new Map<ActiveJob, BatchJob>();
  const group: Line[] = [];
  const ended = [...earlier];
  const jobOf = (entry: ActiveJob) => records.get(entry) ?? entry.job;
  const hasEnded = (entry: ActiveJob) => isTerminal(jobOf(entry).status);

  function add(entry: ActiveJob, command: JobCommand, before = jobOf(entry)): void {
    const line = lines.step(entry, before, command, now);
    const { job } = line.change;
    group.push(line);
    records.set(entry, job);
    if (isTerminal(job.status)) ended.push(job);
  }

  function tell(waiter: ActiveJob, { id, status }: BatchJob): void {
    const before = jobOf(waiter);
    if (!unmetDependencies(before).includes(id)) return;
    const dependencies = withDependency(before, { id, status });
    const update: JobCommand = { type: 'update', by, update: { dependencies } };
    const { job } = transition(before, update, now);
    const error = dependencyFailure(job);
    // The event of an end has the whole record, and with it what the update would tell.
    if (error === null) add(waiter, update);
    else add(waiter, { type: 'fail', by, error }, job);
  }

  return {
    lines: group,
    add,
    follow() {
      for (const job of ended) {
        for (const joiner of relations.joinersOf(job.id)) {
          if (group.length >= MAX_LINES) return;
          if (!hasEnded(joiner)) for (const command of endOfJoiner(job, by)) add(joiner, command);
        }
        for (const waiter of relations.waitersOf(job.id)) {
          if (group.length >= MAX_LINES) return;
          if (!hasEnded(waiter)) tell(waiter, job);
        }
      }
    },
    touched: () => records.keys(),
    untold: () => ended.filter(({ id }) => relations.isAwaited(id)),
  };
}
