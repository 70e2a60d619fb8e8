import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchFirstByte } from '../../../../src-main/adapters/process/first-byte.ts';

function twoFiles(): [string, string] {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-first-byte-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return [join(directory, 'stdout'), join(directory, 'stderr')];
}

test.each([0, 1])('the first byte of either file is told once (file %d)', async (which) => {
  const paths = twoFiles();
  for (const path of paths) writeFileSync(path, '');
  const told = vi.fn();
  watchFirstByte(paths, told);
  appendFileSync(paths[which] ?? '', 'x');
  await vi.waitUntil(() => told.mock.calls.length > 0, 20_000);
  for (const path of paths) appendFileSync(path, 'more');
  const second = vi.fn();
  watchFirstByte(paths, second);
  appendFileSync(paths[0], 'more');
  await vi.waitUntil(() => second.mock.calls.length > 0, 20_000);
  expect(told).toHaveBeenCalledOnce();
});

test('a change without a byte is not told, nor is anything after the watch was ended', async () => {
  const paths = twoFiles();
  for (const path of paths) writeFileSync(path, '');
  const [ended, other] = [vi.fn(), vi.fn()];
  const stop = watchFirstByte(paths, ended);
  watchFirstByte(paths, other);
  writeFileSync(paths[0], '');
  stop();
  appendFileSync(paths[1], 'x');
  await vi.waitUntil(() => other.mock.calls.length > 0, 20_000);
  expect(ended).not.toHaveBeenCalled();
});

test('where a file cannot be watched it is looked at now and then', async () => {
  const paths = twoFiles();
  const told = vi.fn();
  watchFirstByte(paths, told);
  writeFileSync(paths[1], 'x');
  await vi.waitUntil(() => told.mock.calls.length > 0, 20_000);
  expect(told).toHaveBeenCalledOnce();
});
