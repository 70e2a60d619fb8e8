/** How far a run is, on standard error: a bar where somebody looks, a line now and then elsewhere. */
import type { Writable } from 'node:stream';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';

export interface Progress {
  /** How many jobs there are to finish. */
  expect(total: number): void;
  finished(job: BatchJob): void;
  status(status: RunnerStatus): void;
  /** A sentence, told even between two drawings of the bar. */
  note(sentence: string): void;
  /** An error: told also where all else is to be quiet. */
  fail(sentence: string): void;
  /** Clears the line for what others write, and draws it again afterwards. */
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
  let total = 0;
  let done = 0;
  let notCompleted = 0;
  let running = 0;
  let problem: string | null = null;
  let isDrawn = false;

  function clear(): void {
    if (isDrawn) stderr.write(CLEAR_LINE);
    isDrawn = false;
  }

  function draw(): void {
    if (!shows || total === 0) return;
    stderr.write(CLEAR_LINE + bar() + words());
    isDrawn = true;
  }

  function bar(): string {
    const filled = Math.round((BAR_WIDTH * Math.min(done, total)) / total);
    return `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] `;
  }

  function words(): string {
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    const failed = notCompleted === 0 ? '' : `, ${notCompleted} not completed`;
    return `${done} of ${total} done${failed}, ${running} running, ${seconds} s`;
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
      else if (total > 0) say(words());
    },
    shows ? REDRAW_MS : LINE_EVERY_MS,
  );
  timer.unref();

  return {
    expect(count) {
      total = count;
      draw();
    },
    finished(job) {
      done++;
      if (job.status !== 'completed') notCompleted++;
    },
    status(status) {
      running = status.running;
      if (status.problem !== null && status.problem !== problem) say(`Waiting: ${status.problem}`);
      problem = status.problem;
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
