import { expect, it, vi } from 'vitest';
import type { ExportFile } from '../../../../src-main/adapters/documents/export-file.ts';
import { createOpenExports } from '../../../../src-main/shell/ipc/open-exports.ts';

const cancelled: string[] = [];
const open = async (path: string): Promise<ExportFile> => ({
  write: vi.fn(),
  finish: vi.fn(),
  cancel: async () => void cancelled.push(path),
});

it('finds an export by its handle until it is dropped', async () => {
  const exports = createOpenExports(open);
  const handle = await exports.begin('/a', 'array');
  expect(exports.find(handle)).toBeDefined();
  exports.drop(handle);
  expect(() => exports.find(handle)).toThrow(/has ended/u);
});

it('gives the oldest up when a page forgets many, and all at the end', async () => {
  cancelled.length = 0;
  const exports = createOpenExports(open);
  const handles: string[] = [];
  for (let index = 0; index < 9; index += 1) handles.push(await exports.begin(`/${index}`, 'array'));
  expect(cancelled).toEqual(['/0']);
  expect(() => exports.find(handles[0] ?? '')).toThrow(/has ended/u);
  await exports.cancelAll();
  expect(cancelled).toHaveLength(9);
});
