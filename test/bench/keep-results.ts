/** What a whole run came to, kept beside the machine it was measured on. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figures.ts';

/** Writes `results/NAME-DATE.json` and says where. */
export function keepResults(
  name: string,
  figures: readonly Figure[],
  facts: Record<string, string> = {},
): void {
  const at = new Date().toISOString();
  const file = join(import.meta.dirname, 'results', `${name}-${at.slice(0, 10)}.json`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at, machine: { ...machine(), ...facts }, figures }, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}

function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    system: `${process.platform} ${release()}`,
    node: process.version,
    /** Of the last minute, when it was over: more than the cores means that others worked as well. */
    load: loadavg()[0],
  };
}
