/** How large the runner gets with a batch of 100,000 items: in a process of its own, where nothing else is. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, type Figure, figure } from '../figures.ts';
import { startServer } from '../http-server-process.ts';
import { inDirectory } from './peers.ts';

const ITEMS = 100_000;
/** How long it runs items before the rest is cancelled; all of them would take minutes. */
const RUNS_MS = 6000;

/** @param runsAll for minutes, as requests to a server of our own */
export async function memory(runsAll = false): Promise<Figure[]> {
  const server = runsAll ? await startServer() : null;
  const stdout = inDirectory((directory) => {
    const file = join(directory, 'items.jsonl');
    writeFileSync(file, Array.from({ length: ITEMS }, (_, index) => `${lineOf(index)}\n`).join(''));
    return measured(file, server?.origin ?? String(RUNS_MS));
  });
  server?.child.kill();
  const { runnerMb, helperMb, idleMb, ended } = JSON.parse(stdout) as Record<string, number>;
  const sum = figure('memory with 100,000 items, runner and helper', 'MB', (runnerMb ?? 0) + (helperMb ?? 0));
  return [
    { ...sum, goals: atMost(250, sum) },
    figure('of it the helper', 'MB', helperMb ?? Number.NaN),
    figure('the same before the batch, runner and helper', 'MB', idleMb ?? Number.NaN),
    figure('items that came to their end meanwhile', 'items', ended ?? Number.NaN),
  ];
}

const lineOf = (index: number) =>
  JSON.stringify({ path: `/photos/${index}.jpg`, title: `The ${index}th of them` });

function measured(file: string, runs: string): string {
  const program = join(import.meta.dirname, 'memory-process.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, file, runs];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`Expected ${program} to end with 0, got ${status}.`);
  return stdout;
}
