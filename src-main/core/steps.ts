/**
 * Writes the steps of jobs. The end of a job reaches others in the same commit: those that joined it end as it did,
 * those that wait for it are told. Where they are too many for one commit they follow in the next ones; until then
 * `isSpreading`, and the journal has to keep how the job ended, so that a crash in between forgets nothing.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { type JobCommand, transition } from '#shared/job/transition.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import type { Entry, Ledger, Line } from './ledger.ts';
import type { Lines } from './lines.ts';
import { dependencyFailure, unmetDependencies, withDependency } from './waiting/dependencies.ts';
import { endOfJoiner } from './waiting/joining.ts';

/** About how many events one commit of an end has. */
export const MAX_LINES = 250;

export interface Step {
  command: JobCommand;
  /** When it happened, RFC 3339. */
  now: string;
  /** A job that comes to be in the same commit. */
  successor?: BatchJob | null;
}

export interface Steps {
  /**
   * Writes a step of a job, and what follows from it. `decide` is asked before each try, with memory as it is then;
   * null gives it up. False where it was given up, or the job has ended meanwhile.
   */
  take(entry: ActiveJob, decide: () => Step | null): Promise<boolean>;
  /** Tells of jobs that ended in an earlier life. */
  spread(ended: readonly BatchJob[]): void;
  isSpreading(): boolean;
  /** Resolves when it is false, or no more can be done about it. */
  untilSpread(): Promise<void>;
}

export interface StepsContext {
  ledger: Ledger;
  lines: Lines;
  active: ActiveJobs;
  profileId: string;
  now: () => string;
  /** Looks at a waiting job about which something changed. */
  look(entry: ActiveJob): void;
  /** Work that goes on beside everything, and that `stop` waits for. */
  background(work: Promise<void>): void;
  /** `isSpreading` became false. */
  spreadOver(): void;
}

export function createSteps(context: StepsContext): Steps {
  const { ledger, lines, active, profileId: by } = context;
  /** Ended jobs of which not all are told yet that are to be. */
  let untold: BatchJob[] = [];
  let telling: Promise<void> | null = null;

  /** Lines of one commit, and the records as they are after them. */
  function createGroup(now: string, earlier: readonly BatchJob[] = []) {
    const records = new Map<ActiveJob, BatchJob>();
    const group: Line[] = [];
    const ended = [...earlier];
    const jobOf = (entry: ActiveJob) => records.get(entry) ?? entry.job;

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
      const update: JobCommand = {
        type: 'update',
        by,
        update: { dependencies: withDependency(before, { id, status }) },
      };
      const { job } = transition(before, update, now);
      const error = dependencyFailure(job);
      // The event of an end has the whole record, and with it what the update would tell.
      if (error === null) add(waiter, update);
      else add(waiter, { type: 'fail', by, error }, job);
    }

    return {
      lines: group,
      add,
      touched: () => records.keys(),
      /** Adds what follows from the ends, as far as there is room. */
      follow(): void {
        for (const job of ended) {
          for (const joiner of active.relations.joinersOf(job.id)) {
            if (group.length >= MAX_LINES) return;
            if (isTerminal(jobOf(joiner).status)) continue;
            for (const command of endOfJoiner(job, by)) add(joiner, command);
          }
          for (const waiter of active.relations.waitersOf(job.id)) {
            if (group.length >= MAX_LINES) return;
            if (!isTerminal(jobOf(waiter).status)) tell(waiter, job);
          }
        }
      },
      /**
       * Once memory has all of it: the ends that others are still to be told of. There was no room for them, or they
       * came while it was being written.
       */
      untold: () => ended.filter(({ id }) => active.relations.isAwaited(id)),
    };
  }

  function lookAtAll(entries: Iterable<ActiveJob>): void {
    for (const entry of entries) if (active.has(entry)) context.look(entry);
  }

  function entryOf(entry: ActiveJob, { command, now, successor }: Step): Entry {
    const group = createGroup(now);
    group.add(entry, command);
    const touched: ActiveJob[] = [];
    if (successor) group.lines.push(lines.successor(successor, now, (added) => touched.push(added)));
    group.follow();
    return {
      lines: group.lines,
      applied() {
        spread(group.untold());
        lookAtAll([...group.touched(), ...touched]);
      },
    };
  }

  function spread(ended: readonly BatchJob[]): void {
    untold.push(...ended);
    if (telling !== null || untold.length === 0) return;
    telling = tellAll().finally(() => {
      telling = null;
      if (untold.length === 0) context.spreadOver();
    });
    context.background(telling);
  }

  /** Commit after commit; given up where the journal fails while the runner stops: the next start goes on. */
  async function tellAll(): Promise<void> {
    while (untold.length > 0) {
      const isWritten = await ledger.persist(() => {
        const known = untold.length;
        const group = createGroup(context.now(), untold);
        group.follow();
        const applied = () => {
          untold = [...group.untold(), ...untold.slice(known)];
          lookAtAll(group.touched());
        };
        if (group.lines.length > 0) return { lines: group.lines, applied };
        untold = untold.slice(known);
        return null;
      });
      if (!isWritten && untold.length > 0) return;
    }
  }

  return {
    take: (entry, decide) =>
      ledger.persist(() => {
        const step = active.has(entry) ? decide() : null;
        return step === null ? null : entryOf(entry, step);
      }),
    spread,
    isSpreading: () => untold.length > 0,
    async untilSpread() {
      await telling;
    },
  };
}
