import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { filesOf, readArguments, usageError } from '../arguments.ts';
import { command } from '../command.ts';
import { readJobs } from '../run/read-jobs.ts';
import { runInDirectory } from '../run/run-directory.ts';
import {
  RUN_OPTIONS,
  RUN_OPTIONS_HELP,
  type RunOptions,
  runOptionsOf,
  SIGNALS_HELP,
} from '../run/run-options.ts';
import { openSources } from '../sources.ts';

interface RunCommand extends RunOptions {
  files: string[];
}

export const run = command<RunCommand>({
  name: 'run',
  summary: 'Run jobs, and print each document as it ends.',
  help: `Usage: jobdeck run FILE... [--data DIR] [--out FILE] [--results FILE] [--slots N] [--quiet] ...

Runs the documents with status created or pending, and prints each finished one as a line of NDJSON.
FILE holds one document, a list of them, or one a line (NDJSON); - is standard input. A document with a
callback is printed when that was tried. What an earlier run left in DIR is finished too. Other processes
can look at DIR and act on it meanwhile: list, show, log, cancel, queue, callbacks, add and the like.

${RUN_OPTIONS_HELP}
${SIGNALS_HELP}
Exit code 0: all completed; 1: some did not, or with --wait-callbacks a callback was not delivered;
2: bad usage or an invalid document, and nothing was run; 130: stopped by a signal.
`,
  parse(args) {
    const { values, positionals } = readArguments('run', args, RUN_OPTIONS);
    return { ...runOptionsOf(values), files: filesOf('run', positionals) };
  },
  async run(options, context) {
    const { io } = context;
    const sources = await openSources(options.files, io);
    await expectDifferentFiles(options, io.cwd);
    const jobs = await readJobs(sources);
    try {
      return await runInDirectory(options, context, { mode: 'replace', jobs: () => jobs });
    } catch (error) {
      throw options.data === null ? error : withOtherWay(error, options.data);
    }
  },
});

function withOtherWay(error: unknown, data: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'data-in-use') return error;
  const { code, message } = error;
  return new AppError(code, `${message} Or hand it the jobs: "add FILE... --data ${data}".`, {
    cause: error,
  });
}

/** `run jobs.json --out jobs.json` would lose the jobs. */
async function expectDifferentFiles({ files, out, results }: RunCommand, cwd: string): Promise<void> {
  const taken = new Set<string>();
  for (const file of files) if (file !== '-') taken.add(await realPath(cwd, file));
  for (const [option, path] of [
    ['out', out],
    ['results', results],
  ] as const) {
    if (path === null) continue;
    const real = await realPath(cwd, path);
    if (taken.has(real)) {
      throw usageError(
        `Expected --${option} to be another file than the others, got ${JSON.stringify(path)} twice.`,
      );
    }
    taken.add(real);
  }
}

async function realPath(cwd: string, path: string): Promise<string> {
  const absolute = resolve(cwd, path);
  // One that is not there yet is no other one by another name.
  return realpath(absolute).catch(() => absolute);
}
