import { resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import { DATA_OPTION, dataOf, idsOf, readArguments } from '../arguments.ts';
import { type CliCommand, command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { findJob } from '../data/find-job.ts';
import { tellReport } from '../data/report.ts';

export const suspend = switching(
  'suspend',
  'Stop running jobs where they are.',
  'stands still',
  `The processes of the jobs get SIGSTOP; of a batch, no items are handed out either. They keep their
slots, and the time counts towards no timeout. "continue" lets them go on.`,
);

export const continueJobs = switching(
  'continue',
  'Let suspended jobs go on.',
  'goes on',
  `The processes of the jobs get SIGCONT.`,
);

function switching(name: 'suspend' | 'continue', summary: string, word: string, what: string): CliCommand {
  return command({
    name,
    summary,
    help: `Usage: jobdeck ${name} ID... --data DIR

${what}

ID may be the beginning of an id, such as job-1a2b.

Exit code 0: done; 1: some could not be; 2: bad usage, or nothing runs on DIR.
`,
    parse(args) {
      const { values, positionals } = readArguments(name, args, DATA_OPTION);
      return { data: dataOf(name, values.data), ids: idsOf(name, positionals) };
    },
    async run({ data, ids }, context) {
      const { io } = context;
      const found = await readingData(data, io, async (reader) => ids.map((id) => findJob(reader, id).id));
      const directory = resolve(io.cwd, data);
      if (!hasOwner(directory)) {
        throw new AppError('not-found', `Expected a Jobdeck that runs jobs of ${directory}, got none.`);
      }
      return tellReport(await ask(directory, { kind: name, ids: found }, context), io, word);
    },
  });
}
