/**
 * A process that writes the end of a job with its callback due, and is killed before it could post it.
 * Usage: due-after-kill.ts DIRECTORY URL
 */
import { join } from 'node:path';
import { endOf } from '../../fakes/journal-contract.ts';
import { sampleDelivery } from '../../fakes/sample-deliveries.ts';
import { openTables } from '../journal/open-tables.ts';

const [directory = '.', url = ''] = process.argv.slice(2);
const { journal, deliveries } = openTables(join(directory, 'journal.sqlite'), (error) => {
  throw error;
});
deliveries.allow([new URL(url).origin]);
const { event, newDeliveries } = endOf(1, sampleDelivery(1, { url }));
await journal.append({
  event: { ...event, job: { ...event.job, callback_url: url } },
  ...(newDeliveries && { newDeliveries }),
});
process.kill(process.pid, 'SIGKILL');
