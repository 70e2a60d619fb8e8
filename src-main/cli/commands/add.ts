import { resolve } from 'node:path';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import { DATA_OPTION, dataOf, filesOf, readArguments } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { tellReport } from '../data/report.ts';
import { readJobs } from '../run/read-jobs.ts';
import { openSources } from '../sources.ts';

export const add = command({
  name: 'add',
  summary: 'Hand jobs to a run that goes on.',
  help: `Usage: jobdeck add FILE... --data DIR

Hands documents to the process that runs the jobs of DIR, and prints the id of each once it is on disk.
Where none does, they wait there for "resume". FILE is as for run.

Exit code 0: all were taken; 1: some were refused; 2: bad usage or an invalid document, and none was.
`,
  parse(args) {
    const { values, positionals } = readArguments('add', args, DATA_OPTION);
    return { data: dataOf('add', values.data), files: filesOf('add', positionals) };
  },
  async run({ data, files }, context) {
    const { io } = context;
    const jobs = await readJobs(await openSources(files, io));
    let code: number = EXIT.ok;
    for (let at = 0; at < jobs.length; at += MAX_PAGE) {
      const page = jobs.slice(at, at + MAX_PAGE);
      const report = await ask(resolve(io.cwd, data), { kind: 'submit', jobs: page }, context);
      code = Math.max(code, await tellReport(report, io, 'added'));
    }
    return code;
  },
});
