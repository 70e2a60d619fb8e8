import { isAbsolute, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import {
  attemptDirectory,
  jobDirectory,
  nameFor,
} from '../../../../src-main/adapters/output/output-paths.ts';

const UUID = '1f2e3d4c-0000-4000-8000-00000000000a';
const asId = (id: string) => id as JobId;

test('a whole id names its folder, in a shard of its first two digits', () => {
  expect(attemptDirectory('/data', { jobId: asId(`job-${UUID}`), attempt: 3 })).toBe(
    ['', 'data', 'output', '1f', `job-${UUID}`, '3'].join(sep),
  );
  expect(jobDirectory('/data', asId(`run-${UUID}`))).toBe(
    ['', 'data', 'output', '1f', `run-${UUID}`].join(sep),
  );
});

test('any other id that the schema accepts names no folder, and still has one of its own', () => {
  const hostile = [
    'job-12345678',
    'job-12345678/../..',
    `job-${UUID}/..`,
    `job-${UUID}\0`,
    'job-12345678\\..\\x',
  ];
  const folders = hostile.map((id) => jobDirectory('/data', asId(id)));
  for (const folder of folders) {
    const inside = relative('/data/output', folder);
    expect(isAbsolute(inside)).toBe(false);
    expect(inside).toMatch(/^[0-9a-f]{2}[/\\]x-[0-9a-f]{64}$/);
  }
  expect(new Set(folders).size).toBe(hostile.length);
});

test('ids that differ in case alone have names that do not', () => {
  const names = [`job-${UUID}`, `job-${UUID.toUpperCase()}`].map((id) => nameFor(asId(id)).toLowerCase());
  expect(new Set(names).size).toBe(2);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('an attempt numbered %d is refused', (attempt) => {
  expect(() => attemptDirectory('/data', { jobId: asId(`job-${UUID}`), attempt })).toThrow(
    'a whole number from 1',
  );
});

test('an item has its folder among the thousand of its neighbours', () => {
  const key = { jobId: asId(`job-${UUID}`), attempt: 2, item: 98_765 };
  expect(relative(jobDirectory('/data', key.jobId), attemptDirectory('/data', key))).toBe(
    ['items', '98', '98765.2'].join(sep),
  );
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])('an item at %d is refused', (item) => {
  const key = { jobId: asId(`job-${UUID}`), attempt: 1, item };
  expect(() => attemptDirectory('/data', key)).toThrow('a whole number from 0');
});
