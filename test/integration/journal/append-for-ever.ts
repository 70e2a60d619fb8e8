/**
 * A process that appends until it is killed, and says each number once its event is durable: jobs from their beginning
 * to their end, which makes a delivery, and an attempt of that.
 * Usage: append-for-ever.ts DIRECTORY
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { changeOf, draftOf, endOf } from '../../fakes/journal-contract.ts';
import { attempted, sampleDelivery } from '../../fakes/sample-deliveries.ts';
import { openTables } from './open-tables.ts';

const directory = process.argv[2] ?? '.';
const { journal } = openTables(join(directory, 'journal.sqlite'), (error) => {
  throw error;
});

async function appendForEver(first: number): Promise<never> {
  for (let number = first; ; number += 8) {
    const delivered = attempted(sampleDelivery(number), { state: 'delivered' });
    for (const write of [
      { event: draftOf('pending', number) },
      { event: draftOf('running', number) },
      endOf(number),
      changeOf(number, delivered),
    ]) {
      const { seq } = await journal.append(write);
      writeSync(1, `${seq}\n`);
    }
  }
}

await Promise.all(Array.from({ length: 8 }, (_, index) => appendForEver(index)));
