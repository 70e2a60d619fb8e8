import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SOURCE = JSON.stringify(join(import.meta.dirname, '../../electron-standin/api/single-instance.ts'));
let userData = '';

beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'standin-instance-'));
});
afterEach(() => rmSync(userData, { recursive: true }));

/** A program that asks for the lock and prints what it got; `rest` comes after. */
const program = (rest: string): string[] => [
  '--disable-warning=ExperimentalWarning',
  '--input-type=module',
  '-e',
  `const { SingleInstance } = await import(${SOURCE});
   const told = (argv, directory, data) => console.log(JSON.stringify(data));
   const instance = new SingleInstance(${JSON.stringify(userData)}, told);
   console.log(instance.acquire('hello'));
   ${rest}`,
];
const second = (): string => spawnSync(process.execPath, program(''), { encoding: 'utf8' }).stdout.trim();

it('the second of two gets no lock, and the first hears what it said', async () => {
  const first = spawn(process.execPath, program('setInterval(() => {}, 1000);'));
  try {
    expect(String(await once(first.stdout, 'data')).trim()).toBe('true');
    const heard = once(first.stdout, 'data');
    expect(second()).toBe('false');
    expect(String(await heard).trim()).toBe('"hello"');
  } finally {
    first.kill('SIGKILL');
  }
});

it('a lock whose owner was killed is free again', async () => {
  const first = spawn(process.execPath, program('setInterval(() => {}, 1000);'));
  await once(first.stdout, 'data');
  first.kill('SIGKILL');
  await once(first, 'exit');
  expect(second()).toBe('true');
});

it('a lock that was given back is free again', () => {
  const [given] = spawnSync(process.execPath, program('instance.release();'), {
    encoding: 'utf8',
  }).stdout.split('\n');
  expect([given, second()]).toEqual(['true', 'true']);
});
