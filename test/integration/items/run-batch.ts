/**
 * A process that runs a batch to its end, or until it is killed. It says the index of each item once its end is
 * durable, and what the batch came to. Attempts leave a line in the file `effects`.
 * Usage: run-batch.ts DIRECTORY COUNT ON_INTERRUPT
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JobdeckRequest } from '#shared/job/jobdeck-metadata.ts';
import { createItemStore } from '../../../src-main/adapters/items/item-store.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { SYSTEM_CLOCK } from '../../../src-main/adapters/system-clock.ts';
import { createBatchRunner } from '../../../src-main/core/batch/batch-runner.ts';
import type { Executor } from '../../../src-main/core/ports.ts';
import { pagesOf } from '../../fakes/item-store-contract.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';

const [, , directory = '.', count = '0', onInterrupt] = process.argv;
const effects = openSync(join(directory, 'effects'), 'a');
const database = openDatabase(join(directory, 'journal.sqlite'));
const items = createItemStore(database, {
  onProblem(error) {
    throw error;
  },
});

const executor: Executor = {
  async run({ item, attempt }) {
    writeSync(effects, `${item} ${attempt}\n`);
    await new Promise((resolve) => setImmediate(resolve));
    return { outcome: 'completed', durationNs: 1, ttftNs: null, result: { exit_code: 0 } };
  },
  reap: async () => ({ survivors: [] }),
  suspend: async () => false,
  resume: async () => false,
};

const indices = Array.from({ length: Number(count) }, (_, index) => index);
const halves = [indices.slice(0, indices.length / 2), indices.slice(indices.length / 2)];
const runner = createBatchRunner(
  {
    items,
    source: { read: () => pagesOf(...halves) },
    executor,
    clock: SYSTEM_CLOCK,
    random: { next: Math.random, uuid: () => '' },
  },
  { concurrency: () => 8 },
);
runner.onItemEnded((_, { index, status }) => writeSync(1, `${index} ${status}\n`));
const request = {
  items: { range: { from: 1, to: indices.length } },
  on_interrupt: onInterrupt,
  fail_when: 'never',
};
const report = await runner.run(sampleJob(1, request as JobdeckRequest), 1, new AbortController().signal);
writeSync(1, `over ${JSON.stringify(report)}\n`);
items.close();
database.close();
