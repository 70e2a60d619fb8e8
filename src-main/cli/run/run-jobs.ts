/** Runs jobs over an open workspace until nothing is left, or the run is stopped. */
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { answerRequests } from '../../adapters/control/answer-requests.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import type { RecoveryReport, Runner } from '../../core/runner-types.ts';
import { type CliIo, EXIT } from '../cli-types.ts';
import { type LineSink, ReaderGone } from '../lines.ts';
import { allDelivered, notDeliveredWords, waitingWords, watchCallbacks } from './callback-watch.ts';
import { createDocumentPrinter, type DocumentPrinter } from './document-printer.ts';
import { handOver, isToRun } from './hand-over.ts';
import type { Progress } from './progress.ts';
import type { ResultsFile } from './results-file.ts';
import { foundWords, leftWords, summary } from './run-words.ts';
import { followRunning } from './running-jobs.ts';
import { followSignals } from './stopping.ts';

export interface RunSurroundings {
  io: CliIo;
  progress: Progress;
  /** Gets the finished documents. */
  sink: LineSink;
  results: ResultsFile | null;
  /** The data directory as it was given; null for a temporary one. */
  data: string | null;
  /** It lasts until each callback is delivered or given up; then that counts for the exit code. */
  waitsForCallbacks: boolean;
}

/** Gives the exit code once nothing runs any more and all that ended is printed. */
export async function runJobs(
  workspace: Workspace,
  jobs: readonly BatchJob[],
  { io, progress, sink, results, data, waitsForCallbacks }: RunSurroundings,
): Promise<number> {
  const { runner } = workspace;
  const running = followRunning(runner);
  const stopping = followSignals(io, runner, running.ids, progress);
  const callbacks = watchCallbacks(workspace);
  const disposers = [running.dispose, stopping.dispose, callbacks.dispose, runner.onStatus(progress.status)];
  progress.askBatches(() => runner.progress(running.ids()).flatMap(({ batch }) => batch ?? []));
  if (results !== null) {
    results.onFailure(stopping.stop);
    disposers.push(workspace.onItemEnded(results.add));
  }
  const printer = createDocumentPrinter(runner, {
    sink: { ...sink, write: (lines) => progress.around(() => sink.write(lines)) },
    waitsForCallbacks,
    findJob: workspace.findJob,
    before: async (job) => results?.complete(job),
    onPrinted: progress.finished,
    onFailure: stopping.stop,
  });
  /** Until nothing is left to do, callbacks included where they are waited for. */
  async function untilIdle(): Promise<void> {
    await runner.idle();
    if (!waitsForCallbacks || stopping.isStopping()) return;
    if (callbacks.notDelivered().due > 0) progress.note(waitingWords(callbacks.notDelivered()));
    await runner.callbacks.settled();
  }

  try {
    const found = await runner.start();
    const toRun = jobs.filter((job) => isToRun(job, workspace, progress));
    disposers.push(expectJobs(runner, found, toRun, progress));
    printer.start();
    const stopAnswering =
      data === null ? () => {} : answerRequests(workspace, ({ message }) => progress.fail(message));
    disposers.push(stopAnswering);
    const refused = await handOver(runner, toRun, stopping, progress);
    await untilIdle();
    stopAnswering();
    // Once more, for what another process handed over in the last moment.
    await untilIdle();
    await printer.finish();
    await results?.flush();
    const left = stopping.isStopping() ? leftWords(runner.status().pending, data) : null;
    const code = conclude(printer, refused, left, progress);
    const notDelivered = callbacks.notDelivered();
    if (allDelivered(notDelivered)) return code;
    progress.note(notDeliveredWords(notDelivered, data));
    return waitsForCallbacks && code === EXIT.ok ? EXIT.some : code;
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.pipe;
    // Too late for "nothing was run": what is left stays in the data directory.
    progress.fail(toErrorValue(error).message);
    return EXIT.some;
  } finally {
    for (const dispose of disposers) dispose();
  }
}

/** Says what is to be finished: what an earlier run left, the jobs of this one, and what comes from elsewhere. */
function expectJobs(
  runner: Runner,
  { failed, requeued, waiting }: RecoveryReport,
  toRun: readonly BatchJob[],
  progress: Progress,
) {
  const found = failed.length + requeued.length + waiting.length;
  if (found > 0) progress.note(foundWords(found));
  // One that goes on and that a file has, too, is taken once.
  const goingOn = new Set<string>([...requeued, ...waiting]);
  progress.expect(found + toRun.filter(({ id }) => !goingOn.has(id)).length);
  const own = new Set<string>(toRun.map(({ id }) => id));
  return runner.onEvents((events) => {
    const others = events.filter(({ type, jobId }) => type === 'submitted' && !own.has(jobId));
    if (others.length > 0) progress.expect(others.length);
  });
}

/** @param left what is said of the jobs that were not run; null where the run was not stopped */
function conclude(
  printer: DocumentPrinter,
  refused: number,
  left: string | null,
  progress: Progress,
): number {
  const { printed, notCompleted } = printer.counts();
  if (left !== null) {
    progress.note(summary(printed, notCompleted) + left);
    return EXIT.stopped;
  }
  progress.note(printed === 0 ? 'There was nothing to run.' : summary(printed, notCompleted));
  return notCompleted + refused === 0 ? EXIT.ok : EXIT.some;
}
