/**
 * The runner against what people use today, side by side in one run:
 * `npm run bench:runner [-- --only NAME] [--without-peers]`. README.md beside this file says what each figure is.
 */
import { parseArgs } from 'node:util';
import { type Figure, tableOf } from './figures.ts';
import { keepResults } from './keep-results.ts';
import { costPerAddedJob } from './runner/adding.ts';
import { enqueueToStart } from './runner/enqueue-to-start.ts';
import { commandItemsPerSecond, httpItemsPerSecond } from './runner/items-per-second.ts';
import { jobsPerSecond } from './runner/jobs-per-second.ts';
import { memory } from './runner/memory.ts';
import { outputThroughput } from './runner/output-throughput.ts';
import { HELPER_KIND } from './runner/own-runner.ts';
import { missingPeers } from './runner/peers.ts';

const MEASUREMENTS = {
  jobs: async (peers) => [await jobsPerSecond(2, peers), await jobsPerSecond(8, peers)],
  start: enqueueToStart,
  items: async (peers) => [await commandItemsPerSecond(2, peers), await commandItemsPerSecond(8, peers)],
  http: async (peers) => [await httpItemsPerSecond(8, peers)],
  output: outputThroughput,
  adding: costPerAddedJob,
  memory: () => memory(),
  'memory-whole': () => memory(true),
} satisfies Record<string, (withPeers: boolean) => Figure[] | Promise<Figure[]>>;

/** Takes minutes, and says nothing of speed. */
const ONLY_WHEN_ASKED: readonly string[] = ['memory-whole'];

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, 'without-peers': { type: 'boolean', default: false } },
});
const unknown = values.only?.find((name) => !Object.hasOwn(MEASUREMENTS, name));
if (unknown !== undefined) {
  throw new Error(`Expected --only to be one of ${Object.keys(MEASUREMENTS).join(', ')}, got ${unknown}.`);
}

const missing = missingPeers();
if (missing.length > 0 && !values['without-peers']) {
  console.log(`Not on this machine and left out: ${missing.join(', ')}.`);
}
if (HELPER_KIND === 'source')
  console.log('The spawn helper is not built (npm run build) and runs from its source, slower.');
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (!(values.only?.includes(name) ?? !ONLY_WHEN_ASKED.includes(name))) continue;
  process.stderr.write(`${name} ...\n`);
  figures.push(...(await measure(!values['without-peers'])));
}
console.log(tableOf(figures));

// A part of it is for whoever works on that part: what is kept was measured in one run.
if (values.only === undefined && !values['without-peers']) {
  keepResults('runner', figures, { spawnHelper: HELPER_KIND });
}
