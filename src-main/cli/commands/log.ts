import { setTimeout as delay } from 'node:timers/promises';
import { MAX_OUTPUT_CHUNK_BYTES } from '#shared/contract/limits.ts';
import type { OutputRef } from '#shared/contract/output.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import { createOutputStore, type OutputStore } from '../../adapters/output/output-store.ts';
import { DATA_OPTION, dataOf, numberOf, oneId, readArguments } from '../arguments.ts';
import { type CliIo, EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { readingData } from '../data/data-directory.ts';
import { findJob } from '../data/find-job.ts';
import { type OutputChoice, type OutputSource, outputSource } from '../data/output-source.ts';
import { writeOut } from '../lines.ts';

interface LogCommand extends OutputChoice {
  data: string;
  id: string;
  follow: boolean;
}

const LOOK_EVERY_MS = 250;
/** How many looks without anything new until it is asked whether anybody runs the job at all. */
const QUIET_LOOKS = 8;

export const log = command<LogCommand>({
  name: 'log',
  summary: 'Print what a job or an item of a batch wrote, and follow it.',
  help: `Usage: jobdeck log ID --data DIR [--item N] [--attempt N] [--stderr] [--follow]

Prints the standard output of the last attempt of a job: of a program what it wrote, of a request the
body of the answer, of a model its text. It works while another process runs the job.

ID may be the beginning of an id, such as job-1a2b.

  --item N      of this item of a batch, from 0
  --attempt N   of this attempt, from 1
  --stderr      standard error instead
  --follow      go on until the job or the item has ended, other attempts included

Exit code 0; 2 where there is no such job, item or attempt.
`,
  parse(args) {
    const { values, positionals } = readArguments('log', args, {
      ...DATA_OPTION,
      item: { type: 'string' },
      attempt: { type: 'string' },
      stderr: { type: 'boolean' },
      follow: { type: 'boolean' },
    });
    return {
      data: dataOf('log', values.data),
      id: oneId('log', positionals),
      item: numberOf('item', values.item, 0),
      attempt: numberOf('attempt', values.attempt, 1),
      stream: values.stderr === true ? 'stderr' : 'stdout',
      follow: values.follow === true,
    };
  },
  run: ({ data, id, follow, ...choice }, { io }) =>
    readingData(data, io, async (reader, directory) => {
      const job = findJob(reader, id);
      const outputs = createOutputStore(directory);
      const print = createPrinter(outputs, io);
      const look = () => outputSource(reader, job.id, choice);
      if (!follow) {
        const source = look();
        await print(source);
        if (source.ref === null) io.stderr.write(`${job.id} has not begun yet: --follow waits for it.\n`);
        return EXIT.ok;
      }
      for (let quiet = 0; ; ) {
        // Looked at first: what is written until it ended is then there to be read.
        const source = look();
        const printed = await print(source);
        if (source.isLast) return EXIT.ok;
        quiet = printed ? 0 : quiet + 1;
        if (quiet >= QUIET_LOOKS) {
          if (!hasOwner(directory)) {
            io.stderr.write(`Nobody runs the jobs of ${directory}: "resume" goes on with them.\n`);
            return EXIT.ok;
          }
          quiet = 0;
        }
        await delay(LOOK_EVERY_MS);
      }
    }),
});

/** Gives the function that prints what a source has that was not printed before; true where there was something. */
function createPrinter(outputs: OutputStore, io: CliIo): (source: OutputSource) => Promise<boolean> {
  let current: OutputRef | null = null;
  let offset = 0;

  async function printFile(ref: OutputRef): Promise<void> {
    for (;;) {
      const { bytes } = await outputs.read({ ...ref, offset, maxBytes: MAX_OUTPUT_CHUNK_BYTES });
      if (bytes.length === 0) return;
      await writeOut(io.stdout, bytes);
      offset += bytes.length;
    }
  }

  return async ({ ref, isOver, preview }) => {
    if (ref === null) return false;
    if (ref.attempt !== current?.attempt) {
      // The end of the attempt before: it may have come after the last look.
      if (current !== null) await printFile(current);
      current = ref;
      offset = 0;
    }
    const before = offset;
    await printFile(ref);
    if (offset === 0 && isOver && preview !== '') {
      // Short output of an item is in the record alone.
      const bytes = Buffer.from(preview);
      await writeOut(io.stdout, bytes);
      offset = bytes.length;
    }
    return offset > before;
  };
}
