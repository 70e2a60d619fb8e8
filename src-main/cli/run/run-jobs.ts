/** Runs jobs over an open workspace until nothing is left, or the run is stopped. */
import { MAX_PAGE } from '#shared/contract/channels.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { answerRequests } from '../../adapters/control/answer-requests.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import type { RecoveryReport, Runner } from '../../core/runner-types.ts';
import { type CliIo, EXIT } from '../cli-types.ts';
import { type LineSink, ReaderGone } from '../lines.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import type { Progress } from './progress.ts';
import type { ResultsFile } from './results-file.ts';
import { foundWords, leftWords, summary } from './run-words.ts';
import { followRunning } from './running-jobs.ts';
import { followSignals, type Stopping } from './stopping.ts';

export interface RunSurroundings {
  io: CliIo;
  progress: Progress;
  /** Gets the finished documents. */
  sink: LineSink;
  results: ResultsFile | null;
  /** The data directory as it was given; null for a temporary one. */
  data: string | null;
}

/** Gives the exit code once nothing runs any more and all that ended is delivered. */
export async function runJobs(
  workspace: Workspace,
  jobs: readonly BatchJob[],
  { io, progress, sink, results, data }: RunSurroundings,
): Promise<number> {
  const { runner } = workspace;
  const running = followRunning(runner);
  const stopping = followSignals(io, runner, running.ids, progress);
  const disposers = [running.dispose, stopping.dispose, runner.onStatus(progress.status)];
  progress.askBatches(() => runner.progress(running.ids()).flatMap(({ batch }) => batch ?? []));
  if (results !== null) {
    results.onFailure(stopping.stop);
    disposers.push(workspace.onItemEnded(results.add));
  }
  const delivery = createDelivery(runner, {
    sink: { ...sink, write: (lines) => progress.around(() => sink.write(lines)) },
    before: async (job) => results?.complete(job),
    onDelivered: progress.finished,
    onFailure: stopping.stop,
  });
  try {
    const found = await runner.start();
    const toRun = jobs.filter((job) => isToRun(job, workspace, progress));
    disposers.push(expectJobs(runner, found, toRun, progress));
    delivery.start();
    const stopAnswering =
      data === null ? () => {} : answerRequests(workspace, ({ message }) => progress.fail(message));
    disposers.push(stopAnswering);
    const refused = await submit(runner, toRun, stopping, progress);
    await runner.idle();
    stopAnswering();
    // Once more, for what another process handed over in the last moment.
    await runner.idle();
    await delivery.drain();
    await results?.flush();
    return conclude(
      delivery,
      refused,
      stopping.isStopping() ? leftWords(runner.status().pending, data) : null,
      progress,
    );
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.pipe;
    // Too late for "nothing was run": what is left stays in the data directory.
    progress.fail(toErrorValue(error).message);
    return EXIT.some;
  } finally {
    for (const dispose of disposers) dispose();
  }
}

function isToRun({ id, status }: BatchJob, { findJob }: Workspace, progress: Progress): boolean {
  if (status !== 'created' && status !== 'pending') {
    progress.note(`Skipped ${id} (${status}): only documents with status created or pending are run.`);
    return false;
  }
  const known = findJob(id);
  if (known === undefined || !isTerminal(known.status)) return true;
  progress.note(
    `Skipped ${id}: it has ended here already (${known.status}). With another id, or none, it runs again.`,
  );
  return false;
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

function waitsForOthers(job: BatchJob): boolean {
  return (jobdeckOf(job)?.after?.length ?? 0) > 0;
}

/** Gives how many were refused. */
async function submit(
  runner: Runner,
  jobs: readonly BatchJob[],
  stopping: Stopping,
  progress: Progress,
): Promise<number> {
  let count = 0;
  // A job may wait for any other of the files: then all of them are handed over at once.
  const pageSize = jobs.some(waitsForOthers) ? jobs.length : MAX_PAGE;
  for (let at = 0; at < jobs.length && !stopping.isStopping(); at += pageSize) {
    const { refused } = await runner.submit(jobs.slice(at, at + pageSize));
    count += refused.length;
    for (const { id, error } of refused) progress.fail(`Could not run ${id}: ${error.message}`);
  }
  return count;
}

/** @param left what is said of the jobs that were not run; null where the run was not stopped */
function conclude(delivery: Delivery, refused: number, left: string | null, progress: Progress): number {
  const { delivered, notCompleted } = delivery.counts();
  if (left !== null) {
    progress.note(summary(delivered, notCompleted) + left);
    return EXIT.stopped;
  }
  progress.note(delivered === 0 ? 'There was nothing to run.' : summary(delivered, notCompleted));
  return notCompleted + refused === 0 ? EXIT.ok : EXIT.some;
}
