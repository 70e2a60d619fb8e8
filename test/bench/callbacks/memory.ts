/** How large the runner is with 100,000 callbacks that wait: each time in a process of its own. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, figure } from '../figures.ts';
import { temporaryDirectory } from '../runner/own-runner.ts';
import { fillWithDeliveries } from './waiting-deliveries.ts';

const WAITING = 100_000;
const HOUR_MS = 3_600_000;

export async function memory(): Promise<Figure[]> {
  const none = await residentMbWith(0);
  const many = await residentMbWith(WAITING);
  return [figure('memory with 100,000 callbacks waiting', 'MB', many, { peers: { 'with none': none } })];
}

async function residentMbWith(count: number): Promise<number> {
  const directory = temporaryDirectory();
  await fillWithDeliveries(directory, { count, url: 'http://192.0.2.1/done', waitMs: HOUR_MS });
  const program = join(import.meta.dirname, 'memory-process.ts');
  const args = ['--disable-warning=ExperimentalWarning', '--expose-gc', program, directory, String(count)];
  const { stdout, status } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(directory, { recursive: true, force: true });
  if (status !== 0) throw new Error(`Expected ${program} to end with 0, got ${status}.`);
  return Number(stdout);
}
