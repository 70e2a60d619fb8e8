/** A folder for the files of a test, and the command line that runs in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type CliBench, type CliBenchOptions, createCliBench } from '../../fakes/cli-bench.ts';

/** The folder of the test that runs; absolute. */
export let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'jobdeck-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

export const bench = (options: Partial<CliBenchOptions> = {}): CliBench =>
  createCliBench({ cwd, ...options });
export const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
export const writeJobs = (name: string, ...jobs: unknown[]): void =>
  write(name, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
export const ids = (lines: Record<string, unknown>[]): unknown[] => lines.map(({ id }) => id);
export const read = (name: string): string => readFileSync(join(cwd, name), 'utf8');
