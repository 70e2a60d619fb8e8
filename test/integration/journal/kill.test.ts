import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import { type JournalOnDisk, openJournal, temporaryDirectory } from './harness.ts';

const SCRIPT = join(import.meta.dirname, 'append-for-ever.ts');
const ROUNDS = 10;

/** Runs the script until it has said `count` numbers, kills it, and gives all that it said. */
async function acknowledgedBeforeKill(directory: string, count: number): Promise<number[]> {
  const child = spawn(process.execPath, [SCRIPT, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(Number(line));
    if (said.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return said;
}

/** Every delivery as the events have it, and not one more. */
function expectDeliveriesOfEvents({ journal, deliveries, rows }: JournalOnDisk): void {
  const told = new Map<string, Delivery>();
  for (const event of journal.eventsAfter(0, 1_000_000)) {
    for (const delivery of event.deliveries ?? []) told.set(delivery.id, delivery);
  }
  const due = [...told.values()].filter(({ state }) => state === 'due');
  expect(new Map(deliveries.page(null, null, 1_000_000).map((delivery) => [delivery.id, delivery]))).toEqual(
    told,
  );
  expect(rows('SELECT count(*) AS bodies FROM delivery_bodies')).toEqual([{ bodies: told.size }]);
  expect(deliveries.counts()).toEqual({ due: due.length, untried: due.length, held: 0 });
  expect(rows('SELECT coalesce(sum(open), 0) AS open FROM jobs')).toEqual([{ open: due.length }]);
}

it('kill -9 loses no acknowledged event, leaves no gap, and parts no delivery from its event, ten times over', async () => {
  const directory = temporaryDirectory();
  const acknowledged: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    acknowledged.push(...(await acknowledgedBeforeKill(directory, 37 * round)));
    const opened = openJournal(directory);
    const { journal, problems, close } = opened;
    const stored = new Set(journal.eventsAfter(0, 1_000_000).map(({ seq }) => seq));
    expect(acknowledged.filter((seq) => !stored.has(seq))).toEqual([]);
    expect([...stored]).toEqual(Array.from({ length: journal.head() }, (_, index) => index + 1));
    expectDeliveriesOfEvents(opened);
    expect(problems).toEqual([]);
    close();
  }
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(37 * ROUNDS);
});
