import { resolve } from 'node:path';
import { DEFAULT_QUEUE, type QueueMode, type QueueState } from '#shared/contract/runner-state.ts';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { DATA_OPTION, dataOf, nothingMore, numberOf, readArguments, usageError } from '../arguments.ts';
import { EXIT } from '../cli-types.ts';
import { command } from '../command.ts';
import { ask } from '../data/ask.ts';
import { readingData } from '../data/data-directory.ts';
import { plain, tableRow, widthsOf } from '../data/table.ts';
import { writeOut } from '../lines.ts';

interface QueueCommand {
  data: string;
  name: string | null;
  mode?: QueueMode;
  slots?: number | null;
}

const SWITCHES = { pause: 'paused', resume: 'open', drain: 'draining' } as const;
const HEADINGS = ['QUEUE', 'MODE', 'SLOTS', 'RUNNING', 'WAITING'];

export const queue = command<QueueCommand>({
  name: 'queue',
  summary: 'List queues, pause them, set their slots.',
  help: `Usage: jobdeck queue [NAME] --data DIR [--pause | --resume | --drain] [--slots N]

Prints the queues of DIR, or the one that is named, after changing it where options say so. Without
NAME the options change the queue "default". It works while another process runs the jobs of DIR.

  --pause     start none of its jobs; what runs goes on
  --drain     take no new jobs, and run those that wait
  --resume    start them again, and take new ones
  --slots N   run at most N of its jobs at a time; "all" for as many as there are slots

Exit code 0; 2: bad usage, or DIR is no data directory.
`,
  parse(args) {
    const { values, positionals } = readArguments('queue', args, {
      ...DATA_OPTION,
      pause: { type: 'boolean' },
      resume: { type: 'boolean' },
      drain: { type: 'boolean' },
      slots: { type: 'string' },
    });
    const [name = null, ...rest] = positionals;
    nothingMore('queue', rest);
    const modes = (['pause', 'resume', 'drain'] as const).filter((option) => values[option]);
    const [mode, second] = modes;
    if (second !== undefined)
      throw usageError(`queue: Expected one of --pause, --resume and --drain, got ${modes.length}.`);
    return {
      data: dataOf('queue', values.data),
      name,
      ...(mode !== undefined && { mode: SWITCHES[mode] }),
      ...(values.slots !== undefined && {
        slots: values.slots === 'all' ? null : numberOf('slots', values.slots, 1, 1024),
      }),
    };
  },
  async run({ data, name, ...change }, context) {
    const { io } = context;
    const isChange = change.mode !== undefined || change.slots !== undefined;
    const changed = isChange ? (name ?? DEFAULT_QUEUE) : name;
    return readingData(data, io, async (reader) => {
      if (changed !== null && isChange) {
        await ask(resolve(io.cwd, data), { kind: 'queue', name: changed, ...change }, context);
      }
      const states = statesOf(reader).filter((state) => changed === null || state.name === changed);
      if (states.length === 0)
        throw usageError(`queue: Expected the name of a queue, got ${JSON.stringify(changed)}.`);
      const rows = [HEADINGS, ...states.map(cellsOf)];
      const widths = widthsOf(rows);
      await writeOut(io.stdout, rows.map((cells) => tableRow(cells, widths)).join(''));
      return EXIT.ok;
    });
  },
});

function cellsOf({ name, mode, slots, running, pending }: QueueState): string[] {
  return [plain(name), mode, slots === null ? 'all' : String(slots), String(running), String(pending)];
}

/** The default queue, those with settings and those with jobs. */
function statesOf(reader: DataReader): QueueState[] {
  const states = new Map<string, QueueState>();
  const stateOf = (name: string) => {
    const state = states.get(name) ?? { name, slots: null, mode: 'open', running: 0, pending: 0 };
    states.set(name, state);
    return state;
  };
  stateOf(DEFAULT_QUEUE);
  for (const settings of reader.queues()) Object.assign(stateOf(settings.name), settings);
  for (const job of reader.activeJobs()) {
    const state = stateOf(jobdeckOf(job)?.queue ?? DEFAULT_QUEUE);
    if (job.status === 'running') state.running++;
    else state.pending++;
  }
  return [...states.values()];
}
