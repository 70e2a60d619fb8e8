import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { rerunFailedOf, rerunOf } from '#shared/job/new-job.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { SYSTEM_CLOCK } from '../../adapters/system-clock.ts';
import { dataOf, oneId, readArguments } from '../arguments.ts';
import { command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { findJob } from '../data/find-job.ts';
import { tellReport } from '../data/report.ts';
import { runInDirectory } from '../run/run-directory.ts';
import { RUN_OPTIONS, RUN_OPTIONS_HELP, runOptionsOf, SIGNALS_HELP } from '../run/run-options.ts';

export const retryFailed = command({
  name: 'retry-failed',
  summary: 'Run again what of a batch did not complete.',
  help: `Usage: jobdeck retry-failed ID --data DIR [--out FILE] [--results FILE] ...

Makes a new batch of those items of an ended one that did not complete, with the index they had there;
its rerun_of names the earlier one. A job without items that did not complete runs again as a whole.
Where another process runs the jobs of DIR, it gets the new one and the id is printed; else it is run
here, and the document printed as run does. Files of --out and --results are added to.

ID may be the beginning of an id, such as job-1a2b.

${RUN_OPTIONS_HELP}
${SIGNALS_HELP}
Exit code: as run; 2 where there is nothing to run again.
`,
  parse(args) {
    const { values, positionals } = readArguments('retry-failed', args, RUN_OPTIONS);
    const options = runOptionsOf(values);
    return { ...options, data: dataOf('retry-failed', values.data), id: oneId('retry-failed', positionals) };
  },
  async run(options, context) {
    const { io } = context;
    const job = await readingData(options.data, io, async (reader) =>
      again(reader, findJob(reader, options.id)),
    );
    const directory = resolve(io.cwd, options.data);
    if (hasOwner(directory)) {
      return tellReport(await ask(directory, { kind: 'submit', jobs: [job] }, context), io, 'added');
    }
    return runInDirectory(options, context, { mode: 'add', jobs: () => [job] });
  },
});

function again(reader: DataReader, job: BatchJob): BatchJob {
  const { id, status } = job;
  if (!isTerminal(status))
    throw new AppError('conflict', `${id} is ${status}: cancel it, or wait until it has ended.`);
  const origin = { now: SYSTEM_CLOCK.now(), uuid: randomUUID, by: job.created_by_id };
  if (jobdeckOf(job)?.items === undefined) {
    if (status === 'completed')
      throw new AppError('conflict', `${id} completed: there is nothing to run again.`);
    return rerunOf(job, origin);
  }
  const counts = reader.counts(id);
  if (counts === undefined) {
    throw new AppError('not-found', `The items of ${id} are not there: "run" takes its document again.`);
  }
  if (counts.failed + counts.cancelled + counts.pending + counts.running === 0) {
    throw new AppError('conflict', `All items of ${id} completed: there is nothing to run again.`);
  }
  return rerunFailedOf(job, origin);
}
