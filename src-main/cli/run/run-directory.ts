/** Opens a data directory and what a run writes to, and runs jobs there: what `run`, `resume` and others share. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { environmentProxies } from '../../adapters/http/environment-proxies.ts';
import type { Workspace, WorkspaceOptions } from '../../adapters/workspace-types.ts';
import type { CliContext } from '../cli-types.ts';
import { type LineSink, streamSink } from '../lines.ts';
import { callbackSecretOf } from './callback-options.ts';
import { outFile } from './line-file.ts';
import { createProgress, type Progress } from './progress.ts';
import { readProfiles } from './read-profiles.ts';
import { openResultsFile, type ResultsFile } from './results-file.ts';
import { runJobs } from './run-jobs.ts';
import { givenSecrets, type RunOptions } from './run-options.ts';

export interface RunPlan {
  /** The jobs to run, beside what is left in the directory. Throws where there is none to run. */
  jobs: (workspace: Workspace) => readonly BatchJob[];
  /** What becomes of files that are there already. */
  mode: 'replace' | 'add';
  /** Where documents go; where absent, as the options say. */
  sink?: LineSink;
  /** Called when all has ended, with the exit code until then; gives the one that counts. */
  conclude?: (workspace: Workspace, code: number, progress: Progress) => Promise<number>;
}

/** Gives the exit code. */
export async function runInDirectory(
  options: RunOptions,
  context: CliContext,
  plan: RunPlan,
): Promise<number> {
  const { io } = context;
  const secrets = givenSecrets(options, io.cwd);
  const callbackSecret = callbackSecretOf(options, secrets, io.cwd);
  const profiles = options.profile === null ? [] : await readProfiles(resolve(io.cwd, options.profile));
  const progress = createProgress(io.stderr, { isTerminal: io.stderrIsTerminal, quiet: options.quiet });
  const temporary = options.data === null ? await mkdtemp(join(tmpdir(), 'jobdeck-')) : null;
  const closers: (() => Promise<void>)[] = [];
  try {
    const workspace = await openDirectory(context, temporary ?? resolve(io.cwd, options.data ?? ''), {
      ...(options.slots !== null && { slots: options.slots }),
      givenSecrets: secrets,
      ...(callbackSecret !== null && { givenCallbackSecret: callbackSecret }),
      ...(options.callbackSchedule !== null && { callbackSchedule: options.callbackSchedule }),
    });
    closers.push(workspace.close);
    for (const profile of profiles) workspace.profiles.save(profile);
    const jobs = plan.jobs(workspace);
    const sink = plan.sink ?? (await sinkOf(options, context, plan.mode));
    closers.push(sink.close);
    const results = await resultsOf(options, context, plan.mode, workspace);
    if (results !== null) closers.push(results.close);
    const { data, waitsForCallbacks } = options;
    const code = await runJobs(workspace, jobs, { io, progress, sink, results, data, waitsForCallbacks });
    return (await plan.conclude?.(workspace, code, progress)) ?? code;
  } finally {
    await closeAll(closers);
    progress.close();
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}

/** Opens a data directory as every command does: ended jobs stay there, to be looked at. */
export function openDirectory(
  context: CliContext,
  dataDirectory: string,
  rest: Partial<WorkspaceOptions> = {},
): Promise<Workspace> {
  const secretCipher = context.secretCipher?.();
  return context.openWorkspace({
    dataDirectory,
    inBackground: () => true,
    startSpawnHelper: context.startSpawnHelper,
    version: context.version,
    keepsEnded: true,
    proxyFor: environmentProxies(process.env),
    ...(secretCipher !== undefined && { secretCipher }),
    ...rest,
  });
}

async function sinkOf({ out }: RunOptions, { io }: CliContext, mode: RunPlan['mode']): Promise<LineSink> {
  return out === null ? streamSink(io.stdout) : outFile(resolve(io.cwd, out), mode);
}

async function resultsOf(
  { results }: RunOptions,
  { io }: CliContext,
  mode: RunPlan['mode'],
  { items }: Workspace,
): Promise<ResultsFile | null> {
  return results === null ? null : openResultsFile(resolve(io.cwd, results), mode, items);
}

/** In the reverse order of opening; each, even where one before it failed. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.splice(0).reverse())
    await close().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
