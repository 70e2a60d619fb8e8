/**
 * Durable by order: a change is appended to the journal before memory changes and before anything is done. While
 * the journal refuses (a full disk, a failing one), changes that happened in the world wait here and are tried
 * again; nothing is acted on that is not written. Each job has at most one write on its way.
 */
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { Transition } from '#shared/job/transition.ts';
import type { Clock, Journal, JournalWrite } from './ports.ts';

/** How long the journal is left alone after it refused, milliseconds. */
export const JOURNAL_RETRY_MS = 2000;

/** Whose record is written. */
export interface Subject {
  /** The write that is on its way. */
  writing: Promise<unknown> | null;
}

/** One change of one record, and how memory takes it over once it is durable. */
export interface Line {
  change: Transition;
  /** Called in the order of the journal's sequence numbers. */
  apply: (event: JobEvent) => void;
  /** Absent where no one else writes this record now. */
  subject?: Subject;
  /** Of the deliveries in the event, those that are new. */
  newDeliveries?: JournalWrite['newDeliveries'];
  toldItems?: JournalWrite['toldItems'];
}

/** Changes that belong together: all of them are in one commit, or none is. */
export interface Entry {
  lines: readonly Line[];
  /** Called once memory has all of it. */
  applied?: () => void;
  /** Called when the journal refuses it, before anyone else writes about its subjects. */
  refused?: () => void;
}

export interface Ledger {
  /**
   * One try; none where `decide` gives null. Rejects with the journal's AppError or with what `decide` throws; then
   * nothing was written.
   */
  record(decide: () => Entry | null): Promise<void>;
  /**
   * Tries until it is durable. `decide` is asked before each try, with memory as it is then; null from it gives the
   * change up, and so does a failure while the runner stops. False where it was given up: the journal still says what
   * it said before.
   */
  persist(decide: () => Entry | null): Promise<boolean>;
  /** Resolves with `work`, which never rejects, or before it when the journal refuses something. */
  untilRefusal(work: Promise<unknown>): Promise<void>;
  problem(): string | null;
  /** Those who wait try once more, and then give up. */
  stop(): void;
}

/** @param changed called when `problem` is set or cleared */
export function createLedger(ports: { journal: Journal; clock: Clock }, changed: () => void): Ledger {
  const { journal, clock } = ports;
  let problem: string | null = null;
  let stopped = false;
  let waiting: (() => void)[] = [];
  const watchers = new Set<() => void>();
  let cancelTimer: (() => void) | null = null;

  /** What is decided is written at once: nothing comes between a decision and its append. */
  async function write<E extends Entry | null>(decide: () => E): Promise<{ refusal: unknown } | E> {
    for (;;) {
      const entry = decide();
      if (entry === null) return entry;
      const busy = entry.lines.find(({ subject }) => subject?.writing)?.subject?.writing;
      if (busy == null) return (await append(entry)) ?? entry;
      await busy.catch(() => undefined); // its failure is told to those who asked for that write
    }
  }

  async function append(entry: Entry): Promise<{ refusal: unknown } | null> {
    const { lines } = entry;
    const answer = journal.appendAll(lines.map(writeOf));
    for (const { subject } of lines) if (subject) subject.writing = answer;
    let events: JobEvent[];
    try {
      events = await answer;
    } catch (refusal) {
      release(lines);
      entry.refused?.();
      refused(refusal);
      return { refusal };
    }
    release(lines);
    for (const [index, event] of events.entries()) lines[index]?.apply(event);
    entry.applied?.();
    recovered();
    return null;
  }

  async function record(decide: () => Entry | null): Promise<void> {
    const written = await write(decide);
    if (written !== null && 'refusal' in written) throw written.refusal;
  }

  async function persist(decide: () => Entry | null): Promise<boolean> {
    for (;;) {
      const written = await write(decide);
      if (written === null) return false;
      if (!('refusal' in written)) return true;
      if (stopped) return false;
      await pause();
    }
  }

  function refused(refusal: unknown): void {
    problem = `Jobdeck can't write its journal and starts no job until it can: ${toErrorValue(refusal).message}`;
    for (const watcher of [...watchers]) watcher();
    retryLater();
    changed();
  }

  function recovered(): void {
    if (problem === null) return;
    problem = null;
    if (waiting.length > 0) wakeUp();
    changed();
  }

  function wakeUp(): void {
    cancelTimer?.();
    cancelTimer = null;
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
    // Nobody waits: whoever was refused has been told, and nothing is held up.
    if (woken.length === 0) recovered();
  }

  function retryLater(): void {
    if (!stopped) cancelTimer ??= clock.after(JOURNAL_RETRY_MS, wakeUp);
  }

  function pause(): Promise<void> {
    retryLater();
    return new Promise((resolve) => waiting.push(resolve));
  }

  async function untilRefusal(work: Promise<unknown>): Promise<void> {
    await new Promise<void>((resolve) => {
      watchers.add(resolve);
      void work.finally(() => {
        watchers.delete(resolve);
        resolve();
      });
    });
  }

  return {
    record,
    persist,
    untilRefusal,
    problem: () => problem,
    stop() {
      stopped = true;
      wakeUp();
    },
  };
}

function release(lines: readonly Line[]): void {
  for (const { subject } of lines) if (subject) subject.writing = null;
}

function writeOf({ change, newDeliveries, toldItems }: Line): JournalWrite {
  const event = change.events[0];
  if (event === undefined || change.events.length > 1) {
    throw new Error(`Expected one event of ${change.job.id}, got ${change.events.length}.`);
  }
  return { event, ...(newDeliveries && { newDeliveries }), ...(toldItems && { toldItems }) };
}
