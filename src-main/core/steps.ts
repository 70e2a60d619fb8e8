/**
 * Writes the steps of jobs. The end of a job reaches others in the same commit: those that joined it end as it did,
 * those that wait for it are told. Where they are too many for one commit they follow in the next ones; until then
 * `isSpreading`, and the journal has to keep how the job ended, so that a crash in between forgets nothing.
 */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobCommand } from '#shared/job/transition.ts';
import type { ActiveJob } from './active-jobs.ts';
import type { Entry, Ledger } from './ledger.ts';
import { createStepGroup, type StepGroupContext } from './step-group.ts';

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

export interface StepsContext extends StepGroupContext {
  ledger: Ledger;
  now: () => string;
  /** Looks at a waiting job about which something changed. */
  look(entry: ActiveJob): void;
  /** Work that goes on beside everything, and that `stop` waits for. */
  background(work: Promise<void>): void;
  /** `isSpreading` became false. */
  spreadOver(): void;
}

export function createSteps(context: StepsContext): Steps {
  const { ledger, lines, active } = context;
  /** Ended jobs of which not all are told yet that are to be. */
  let untold: BatchJob[] = [];
  let telling: Promise<void> | null = null;

  function lookAtAll(entries: Iterable<ActiveJob>): void {
    for (const entry of entries) if (active.has(entry)) context.look(entry);
  }

  function entryOf(entry: ActiveJob, { command, now, successor }: Step): Entry {
    const group = createStepGroup(context, now);
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
    telling = tellAll();
    context.background(telling);
  }

  /** Commit after commit; given up where the journal fails while the runner stops: the next start goes on. */
  async function tellAll(): Promise<void> {
    try {
      while (untold.length > 0) if (!(await tellSome())) return;
      context.spreadOver();
    } finally {
      telling = null;
    }
  }

  /** False where it was given up. */
  async function tellSome(): Promise<boolean> {
    const isWritten = await ledger.persist(() => {
      const known = untold.length;
      const group = createStepGroup(context, context.now(), untold);
      group.follow();
      const applied = () => {
        untold = [...group.untold(), ...untold.slice(known)];
        lookAtAll(group.touched());
      };
      if (group.lines.length > 0) return { lines: group.lines, applied };
      untold = untold.slice(known);
      return null;
    });
    return isWritten || untold.length === 0;
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
