import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { createDiskSpace, isDiskFull } from '../../../../src-main/adapters/system/disk-space.ts';
import { SYSTEM_RANDOM } from '../../../../src-main/adapters/system/system-random.ts';

test('the space on the disk of a folder is a whole number of bytes, and more than none', async () => {
  const free = await createDiskSpace(tmpdir()).freeBytes();
  expect(Number.isInteger(free) && free > 0).toBe(true);
  expect(await isDiskFull(tmpdir())).toBe(false);
});

test.runIf(process.platform === 'linux')('a disk without room is full', async () => {
  expect(await isDiskFull('/proc')).toBe(true);
});

test('random numbers are from 0 to below 1, and not twice the same', () => {
  const numbers = Array.from({ length: 1000 }, () => SYSTEM_RANDOM.next());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
  expect(SYSTEM_RANDOM.uuid()).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
