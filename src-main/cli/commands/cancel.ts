import { setTimeout as delay } from 'node:timers/promises';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { DATA_OPTION, dataOf, idsOf, readArguments } from '../arguments.ts';
import { type CliContext, EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { findJob } from '../data/find-job.ts';
import { writeOut } from '../lines.ts';

/** Processes get TERM, and KILL after their grace. */
const WAIT_MS = 15_000;
const LOOK_EVERY_MS = 100;

export const cancel = command({
  name: 'cancel',
  summary: 'Cancel jobs that wait or run.',
  help: `Usage: jobdeck cancel ID... --data DIR

Cancels jobs, and prints what became of each once its processes are gone. Of a batch no more items are
handed out, those that run are ended, and those that have ended are kept. It works while another
process runs the jobs of DIR, and where none does.

ID may be the beginning of an id, such as job-1a2b.

Exit code 0: all are cancelled; 1: some had ended before, or are not gone yet; 2: bad usage.
`,
  parse(args) {
    const { values, positionals } = readArguments('cancel', args, DATA_OPTION);
    return { data: dataOf('cancel', values.data), ids: idsOf('cancel', positionals) };
  },
  run: ({ data, ids }, context) =>
    readingData(data, context.io, async (reader, directory) => {
      const jobs = ids.map((id) => findJob(reader, id));
      const active = jobs.filter(({ status }) => !isTerminal(status)).map(({ id }) => id);
      if (active.length > 0) await ask(directory, { kind: 'cancel', ids: active }, context);
      await untilEnded(reader, active);
      return tell(
        reader,
        jobs.map(({ id }) => id),
        context,
      );
    }),
});

async function untilEnded(reader: DataReader, ids: readonly JobId[]): Promise<void> {
  const endMs = performance.now() + WAIT_MS;
  while (performance.now() < endMs && ids.some((id) => !isTerminal(reader.find(id)?.status ?? 'cancelled'))) {
    await delay(LOOK_EVERY_MS);
  }
}

async function tell(reader: DataReader, ids: readonly JobId[], { io }: CliContext): Promise<number> {
  let others = 0;
  for (const id of ids) {
    const status = reader.find(id)?.status ?? 'cancelled';
    if (status === 'cancelled') {
      await writeOut(io.stdout, `${id} cancelled\n`);
    } else {
      others++;
      io.stderr.write(
        isTerminal(status) ? `${id} has ended before: it is ${status}.\n` : `${id} is still ending.\n`,
      );
    }
  }
  return others === 0 ? EXIT.ok : EXIT.some;
}
