/** `run` and `resume`: jobs in, finished documents out. */
import { mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { MAX_PAGE } from '#shared/contract/channels.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { Workspace } from '../adapters/workspace-types.ts';
import { type CliContext, type CliIo, EXIT } from './cli-types.ts';
import { createDelivery, DELIVERY_PAGE } from './delivery.ts';
import { lineFile } from './line-file.ts';
import { type LineSink, ReaderGone, streamSink } from './lines.ts';
import { createProgress, type Progress } from './progress.ts';
import { readJobs } from './read-jobs.ts';
import { openSources } from './sources.ts';
import { type RunOptions, usageError } from './usage.ts';

/** Runs what the files hold, after what is left in the data directory. */
export async function runJobs(options: RunOptions, context: CliContext): Promise<number> {
  const { io } = context;
  const sources = await openSources(options.files, io);
  await refuseToOverwriteInput(options, io);
  const jobs = await readJobs(sources);
  return inDataDirectory(options, context, 'replace', jobs);
}

/** Finishes what is left in the data directory. */
export async function resumeJobs(options: RunOptions, context: CliContext): Promise<number> {
  await expectDataDirectory(resolve(context.io.cwd, options.data ?? ''));
  return inDataDirectory(options, context, 'add', []);
}

async function inDataDirectory(
  options: RunOptions,
  context: CliContext,
  mode: 'replace' | 'add',
  jobs: readonly BatchJob[],
): Promise<number> {
  const { io } = context;
  const progress = createProgress(io.stderr, { isTerminal: io.stderrIsTerminal, quiet: options.quiet });
  const temporary = options.data === null ? await mkdtemp(join(tmpdir(), 'jobdeck-')) : null;
  try {
    const workspace = await context.openWorkspace({
      dataDirectory: temporary ?? resolve(io.cwd, options.data ?? ''),
      ...(options.slots !== null && { slots: options.slots }),
      inBackground: () => true,
      startSpawnHelper: context.startSpawnHelper,
      version: context.version,
    });
    try {
      const sink =
        options.out === null
          ? streamSink(io.stdout)
          : await lineFile(resolve(io.cwd, options.out), mode, DELIVERY_PAGE);
      try {
        return await work(workspace, sink, jobs, { io, progress, data: options.data });
      } finally {
        await sink.close();
      }
    } finally {
      await workspace.close();
    }
  } finally {
    progress.close();
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}

interface Surroundings {
  io: CliIo;
  progress: Progress;
  /** As it was given; null for a temporary folder. */
  data: string | null;
}

async function work(
  { runner }: Workspace,
  sink: LineSink,
  jobs: readonly BatchJob[],
  { io, progress, data }: Surroundings,
): Promise<number> {
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    runner.stop().catch(() => undefined); // `close` stops it again and tells what went wrong
  };
  const delivery = createDelivery(
    runner,
    { ...sink, write: (lines) => progress.around(() => sink.write(lines)) },
    progress.finished,
    stop,
  );
  const askedToStop = () => {
    if (!stopped) progress.note('Stopping: the jobs that run are ended.');
    stop();
  };
  const disposers = [io.onStop(askedToStop), runner.onStatus(progress.status)];
  try {
    const left = await runner.start();
    const recovered = [...left.failed, ...left.requeued, ...left.waiting];
    if (recovered.length === 1) progress.note('1 job of an earlier run is finished too.');
    else if (recovered.length > 1)
      progress.note(`${recovered.length} jobs of an earlier run are finished too.`);
    const toRun = jobs.filter(({ status }) => status === 'created' || status === 'pending');
    for (const { id, status } of jobs.filter((job) => !toRun.includes(job))) {
      progress.note(`Skipped ${id} (${status}): only documents with status created or pending are run.`);
    }
    delivery.start();
    // One that failed by the recovery ends again where a file has it, too; one that goes on is only taken once.
    const goingOn = new Set<string>([...left.requeued, ...left.waiting]);
    progress.expect(recovered.length + toRun.filter(({ id }) => !goingOn.has(id)).length);
    let refused = 0;
    for (let at = 0; at < toRun.length && !stopped; at += MAX_PAGE) {
      const answer = await runner.submit(toRun.slice(at, at + MAX_PAGE));
      refused += answer.refused.length;
      for (const { id, error } of answer.refused) progress.note(`Could not run ${id}: ${error.message}`);
    }
    await runner.idle();
    await delivery.drain();
    const { delivered, notCompleted } = delivery.counts();
    if (stopped) {
      const { pending } = runner.status();
      progress.note(summary(delivered, notCompleted) + whatIsLeft(pending, data));
      return EXIT.stopped;
    }
    progress.note(delivered === 0 ? 'There was nothing to run.' : summary(delivered, notCompleted));
    return notCompleted + refused === 0 ? EXIT.ok : EXIT.some;
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.pipe;
    // Too late for "nothing was run": what is left stays in the data directory.
    progress.fail(toErrorValue(error).message);
    return EXIT.some;
  } finally {
    for (const dispose of disposers) dispose();
  }
}

function summary(delivered: number, notCompleted: number): string {
  const jobs = `${delivered} ${delivered === 1 ? 'job' : 'jobs'} finished`;
  return notCompleted === 0 ? `${jobs}, all completed.` : `${jobs}, ${notCompleted} of them not completed.`;
}

function whatIsLeft(pending: number, data: string | null): string {
  if (pending === 0) return '';
  const isOne = pending === 1;
  if (data === null)
    return ` ${pending} ${isOne ? 'was' : 'were'} not run; use --data DIR to be able to resume.`;
  return ` ${pending} ${isOne ? 'is' : 'are'} left: "resume --data ${data}" runs ${isOne ? 'it' : 'them'}.`;
}

async function expectDataDirectory(directory: string): Promise<void> {
  const stats = await stat(join(directory, 'journal.sqlite')).catch(() => null);
  if (stats === null) {
    throw new AppError(
      'not-found',
      `Expected the data directory of an earlier run at ${directory}, got none.`,
    );
  }
}

/** `run jobs.json --out jobs.json` would lose the jobs. */
async function refuseToOverwriteInput({ files, out }: RunOptions, { cwd }: CliIo): Promise<void> {
  if (out === null) return;
  const real = (path: string) => realpath(resolve(cwd, path)).catch(() => null);
  const target = await real(out);
  for (const file of files) {
    if (target !== null && file !== '-' && (await real(file)) === target) {
      throw usageError(
        `Expected --out to be another file than the input, got ${JSON.stringify(out)} for both.`,
      );
    }
  }
}
