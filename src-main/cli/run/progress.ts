/** How far a run is, on standard error: a bar where somebody looks, a line now and then elsewhere. */
import type { Writable } from 'node:stream';
import type { BatchProgress, RunnerStatus } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { progressWords, shareDone } from './progress-words.ts';

export interface Progress {
  /** So many more jobs are to finish. */
  expect(more: number): void;
  finished(job: BatchJob): void;
  status(status: RunnerStatus): void;
  /** Where it asks how far the batches that run are, whenever it tells. */
  askBatches(ask: () => readonly BatchProgress[]): void;
  /** A sentence, told even between two drawings of the bar. */
  note(sentence: string): void;
  /** An error: told also where all else is to be quiet. */
  fail(sentence: string): void;
  /** Clears the line for what others write; it is drawn again afterwards. */
  around<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

const REDRAW_MS = 100;
const LINE_EVERY_MS = 10_000;
const BAR_WIDTH = 30;
const CLEAR_LINE = '\r\u001b[2K';

export function createProgress(
  stderr: Writable,
  { isTerminal, quiet }: { isTerminal: boolean; quiet: boolean },
): Progress {
  const shows = isTerminal && !quiet;
  const startedMs = performance.now();
  const jobs = { total: 0, done: 0, notCompleted: 0, running: 0, callbacksDue: 0 };
  let askBatches: () => readonly BatchProgress[] = () => [];
  let waitsFor: string | null = null;
  let isDrawn = false;

  function clear(): void {
    if (isDrawn) stderr.write(CLEAR_LINE);
    isDrawn = false;
  }

  function draw(): void {
    if (!shows || jobs.total === 0) return;
    const batches = askBatches();
    const filled = Math.round(BAR_WIDTH * shareDone(jobs, batches));
    const bar = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] `;
    stderr.write(CLEAR_LINE + bar + words(batches));
    isDrawn = true;
  }

  function words(batches: readonly BatchProgress[]): string {
    return progressWords({ ...jobs, seconds: Math.round((performance.now() - startedMs) / 1000) }, batches);
  }

  function say(sentence: string): void {
    if (!quiet) tell(sentence);
  }

  function tell(sentence: string): void {
    clear();
    stderr.write(`${sentence}\n`);
  }

  const timer = setInterval(
    () => {
      if (shows) draw();
      else if (jobs.total > 0) say(words(askBatches()));
    },
    shows ? REDRAW_MS : LINE_EVERY_MS,
  );
  timer.unref();

  return {
    expect(more) {
      jobs.total += more;
      draw();
    },
    finished(job) {
      jobs.done++;
      if (job.status !== 'completed') jobs.notCompleted++;
    },
    status(status) {
      jobs.running = status.running;
      jobs.callbacksDue = status.callbacksDue;
      const before = waitsFor;
      waitsFor = status.problem ?? holdOf(status);
      if (waitsFor !== null && waitsFor !== before) say(`Waiting: ${waitsFor}`);
    },
    askBatches(ask) {
      askBatches = ask;
    },
    note: say,
    fail: tell,
    async around(work) {
      clear();
      return work();
    },
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

/** What keeps jobs from being started, such as a full disk. That a run is to finish is told by who finishes it. */
function holdOf({ holds }: RunnerStatus): string | null {
  return holds.find(({ reason }) => reason !== 'finishing')?.message ?? null;
}
