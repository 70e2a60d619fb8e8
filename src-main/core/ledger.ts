/**
 * Durable by order: a change is appended to the journal before memory changes and before anything is done. While
 * the journal refuses (a full disk, a failing one), changes that happened in the world wait here and are tried
 * again; nothing is acted on that is not written.
 */
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { Transition } from '#shared/job/transition.ts';
import type { Clock, Journal, JournalWrite } from './ports.ts';

/** How long the journal is left alone after it refused, milliseconds. */
export const JOURNAL_RETRY_MS = 2000;

/** A change to write, and how memory takes it over once it is durable. */
export interface Entry {
  change: Transition;
  /** Called in the order of the journal's sequence numbers. */
  apply: (event: JobEvent) => void;
  /** For a terminal event with a callback `due` is set here; anything else says it itself. */
  callback?: JournalWrite['callback'];
}

export interface Ledger {
  /** One try. Rejects with the journal's AppError, and then nothing was written. */
  record(entry: Entry): Promise<JobEvent>;
  /**
   * Tries until it is durable. `decide` is asked before each try; null from it gives the change up, and so does a
   * failure while the runner stops: then null is the answer and the journal still says what it said before.
   */
  persist(decide: () => Entry | null): Promise<JobEvent | null>;
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

  async function write(entry: Entry): Promise<{ event: JobEvent } | { refusal: unknown }> {
    const draft = writeOf(entry);
    let event: JobEvent;
    try {
      event = await journal.append(draft);
    } catch (refusal) {
      refused(refusal);
      return { refusal };
    }
    entry.apply(event);
    recovered();
    return { event };
  }

  async function record(entry: Entry): Promise<JobEvent> {
    const written = await write(entry);
    if ('refusal' in written) throw written.refusal;
    return written.event;
  }

  async function persist(decide: () => Entry | null): Promise<JobEvent | null> {
    for (;;) {
      const entry = decide();
      if (entry === null) return null;
      const written = await write(entry);
      if ('event' in written) return written.event;
      if (stopped) return null;
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
    if (waiting.length > 0) release();
    changed();
  }

  function release(): void {
    cancelTimer?.();
    cancelTimer = null;
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
    // Nobody waits: whoever was refused has been told, and nothing is held up.
    if (released.length === 0) recovered();
  }

  function retryLater(): void {
    if (!stopped) cancelTimer ??= clock.after(JOURNAL_RETRY_MS, release);
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
      release();
    },
  };
}

function writeOf({ change, callback }: Entry): JournalWrite {
  const event = change.events[0];
  if (event === undefined || change.events.length > 1) {
    throw new Error(`Expected one event of ${change.job.id}, got ${change.events.length}.`);
  }
  const state = callback ?? (event.type === 'ended' && wantsCallback(event.job) ? 'due' : undefined);
  return state === undefined ? { event } : { event, callback: state };
}

/** True where a result is to be posted once the job has ended. */
export function wantsCallback(job: BatchJob): boolean {
  return job.callback_url !== null && job.callback_url !== '';
}
