import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openJournal, temporaryDirectory } from './harness.ts';

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

it('kill -9 loses no acknowledged event and leaves no gap, ten times over', async () => {
  const directory = temporaryDirectory();
  const acknowledged: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    acknowledged.push(...(await acknowledgedBeforeKill(directory, 37 * round)));
    const { journal, problems, close } = openJournal(directory);
    const stored = new Set(journal.eventsAfter(0, 1_000_000).map(({ seq }) => seq));
    expect(acknowledged.filter((seq) => !stored.has(seq))).toEqual([]);
    expect([...stored]).toEqual(Array.from({ length: journal.head() }, (_, index) => index + 1));
    expect(problems).toEqual([]);
    close();
  }
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(37 * ROUNDS);
});
