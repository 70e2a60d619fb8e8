import { resolve } from 'node:path';
import { dataOf, nothingMore, readArguments } from '../arguments.ts';
import { command } from '../command.ts';
import { expectDataDirectory } from '../data/data-directory.ts';
import { runInDirectory } from '../run/run-directory.ts';
import { RUN_OPTIONS, RUN_OPTIONS_HELP, runOptionsOf, SIGNALS_HELP } from '../run/run-options.ts';

export const resume = command({
  name: 'resume',
  summary: 'Finish what a run that was stopped or killed left.',
  help: `Usage: jobdeck resume --data DIR [--out FILE] [--results FILE] [--slots N] [--quiet] ...

Finishes what is left in DIR, callbacks that are due included, and prints each finished document as run
does. Files of --out and --results are added to: over any number of kills each document and each item is
in them once. On standard output a document may come again after a kill; none is left out.

${RUN_OPTIONS_HELP}
${SIGNALS_HELP}
Exit code 0: all completed; 1: some did not, or with --wait-callbacks a callback was not delivered;
2: bad usage, or DIR is none; 130: stopped by a signal.
`,
  parse(args) {
    const { values, positionals } = readArguments('resume', args, RUN_OPTIONS);
    const options = runOptionsOf(values);
    nothingMore('resume', positionals);
    return { ...options, data: dataOf('resume', values.data) };
  },
  async run(options, context) {
    await expectDataDirectory(resolve(context.io.cwd, options.data));
    return runInDirectory(options, context, { mode: 'add', jobs: () => [] });
  },
});
