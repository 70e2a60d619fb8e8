/** How large the runner gets with a batch of 100,000 items: in a process of its own, where nothing else is. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { atMost, type Figure, figure } from './figures.ts';

const ITEMS = 100_000;
/** How long it runs items before the rest is cancelled; all of them would take minutes. */
const RUNS_MS = 6000;

/** @param runsMs Infinity runs them all */
export function memory(runsMs = RUNS_MS): Figure[] {
  const program = join(import.meta.dirname, 'memory-process.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, String(ITEMS), String(runsMs)];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`Expected ${program} to end with 0, got ${status}.`);
  const { runnerMb, helperMb, idleMb, ended } = JSON.parse(stdout) as Record<string, number>;
  const sum = figure('memory with 100,000 items, runner and helper', 'MB', (runnerMb ?? 0) + (helperMb ?? 0));
  return [
    { ...sum, goals: atMost(250, sum) },
    figure('of it the helper', 'MB', helperMb ?? Number.NaN),
    figure('the same before the batch, runner and helper', 'MB', idleMb ?? Number.NaN),
    figure('items that came to their end meanwhile', 'items', ended ?? Number.NaN),
  ];
}
