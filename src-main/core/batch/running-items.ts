/** The attempts at items that are under way: each holds a slot from before it is begun until it has ended. */
import { toErrorValue } from '#shared/contract/result.ts';
import { reportWithoutRun } from '../attempt-outcome.ts';
import type { AttemptReport, AttemptSpec, Executor } from '../ports.ts';

export interface RanItem {
  /** False where it was ended between its begin and its start: no process was made. */
  ran: boolean;
  report: AttemptReport;
}

export interface RunningItems {
  size(): number;
  /**
   * Begins an attempt and runs it; null where `begin` answers false. `started` is called right before it starts.
   * Never rejects but with what these two throw.
   */
  run(spec: AttemptSpec, begin: () => Promise<boolean>, started: () => void): Promise<RanItem | null>;
  isSuspended(): boolean;
  /** Stops their processes where the system can; what was begun and not started waits. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** Ends them all; the reason is that of the signal. */
  abort(reason: unknown): void;
  /** What was begun and not started while suspended is not started any more. */
  finish(): void;
}

interface Entry {
  spec: AttemptSpec;
  abort: AbortController;
  isStarted: boolean;
}

export function createRunningItems(executor: Executor): RunningItems {
  const entries = new Set<Entry>();
  let isSuspended = false;
  let isFinishing = false;
  let waiting: (() => void)[] = [];

  function release(): void {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  }

  /** False where it was ended meanwhile. */
  async function mayStart({ abort }: Entry): Promise<boolean> {
    while (isSuspended && !isFinishing && !abort.signal.aborted) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    return !isSuspended && !abort.signal.aborted;
  }

  async function execute(entry: Entry): Promise<AttemptReport> {
    entry.isStarted = true;
    try {
      return await executor.run(entry.spec, entry.abort.signal);
    } catch (error) {
      return reportWithoutRun('failed', { code: 'spawn', message: toErrorValue(error).message });
    }
  }

  const started = () => [...entries].filter(({ isStarted }) => isStarted);

  return {
    size: () => entries.size,
    async run(spec, begin, starts) {
      const entry: Entry = { spec, abort: new AbortController(), isStarted: false };
      entries.add(entry);
      try {
        if (!(await begin())) return null;
        if (!(await mayStart(entry))) return { ran: false, report: reportWithoutRun('cancelled') };
        starts();
        return { ran: true, report: await execute(entry) };
      } finally {
        entries.delete(entry);
      }
    },
    isSuspended: () => isSuspended,
    async suspend() {
      isSuspended = true;
      await Promise.all(started().map(({ spec }) => executor.suspend(keyOf(spec))));
    },
    async resume() {
      isSuspended = false;
      release();
      await Promise.all(started().map(({ spec }) => executor.resume(keyOf(spec))));
    },
    abort(reason) {
      for (const { abort } of entries) abort.abort(reason);
      release();
    },
    finish() {
      isFinishing = true;
      release();
    },
  };
}

function keyOf({ jobId, attempt, item }: AttemptSpec) {
  return { jobId, attempt, ...(item !== undefined && { item }) };
}
