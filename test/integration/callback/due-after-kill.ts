/**
 * A process that writes the end of a job with its callback due, and is killed before it could post it.
 * Usage: due-after-kill.ts DIRECTORY URL
 */
import { join } from 'node:path';
import { openDatabase } from '../../../src-main/adapters/journal/database.ts';
import { createSqliteJournal } from '../../../src-main/adapters/journal/sqlite-journal.ts';
import { isJob } from '../../../src-main/adapters/validators/index.ts';
import { draftOf } from '../../fakes/journal-contract.ts';

const [directory = '.', callback_url = ''] = process.argv.slice(2);
const journal = createSqliteJournal(openDatabase(join(directory, 'journal.sqlite')), {
  isJob,
  onProblem(error) {
    throw error;
  },
});
const event = draftOf('completed', 1);
await journal.append({ event: { ...event, job: { ...event.job, callback_url } }, callback: 'due' });
process.kill(process.pid, 'SIGKILL');
