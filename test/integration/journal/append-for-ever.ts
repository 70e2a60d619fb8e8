/**
 * A process that appends until it is killed, and says each number once its event is durable.
 * Usage: append-for-ever.ts DIRECTORY
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { createSqliteJournal } from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { draftOf } from '../../fakes/journal-contract.ts';

const directory = process.argv[2] ?? '.';
const journal = createSqliteJournal(openDatabase(join(directory, 'journal.sqlite')), {
  isJob: (value): value is BatchJob => typeof value === 'object',
  onProblem(error) {
    throw error;
  },
});

async function appendForEver(first: number): Promise<never> {
  for (let number = first; ; number += 8) {
    for (const status of ['pending', 'running', 'completed'] as const) {
      const { seq } = await journal.append({ event: draftOf(status, number) });
      writeSync(1, `${seq}\n`);
    }
  }
}

await Promise.all(Array.from({ length: 8 }, (_, index) => appendForEver(index)));
