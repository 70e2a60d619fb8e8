import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  listProcesses,
  markerIn,
  parseProcStat,
  parsePsLine,
  readFromPs,
} from '../../../../src-main/adapters/process/process-list.ts';

const stat = (name: string, state: string) =>
  `42 (${name}) ${state} 7 40 39 34816 42 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98765 1000 10 184467`;

describe('a line of /proc/PID/stat', () => {
  test('is read from its last parenthesis on, whatever the name is', () => {
    expect(parseProcStat(stat('a) Z 1 (b', 'S'))).toEqual({
      pid: 42,
      name: 'a) Z 1 (b',
      parentPid: 7,
      groupId: 40,
      sessionId: 39,
      startMark: '98765',
    });
  });

  test.each(['Z', 'X'])('in state %s is of a process that has ended', (state) => {
    expect(parseProcStat(stat('x', state))).toBeNull();
  });
});

describe('the marker of an environment', () => {
  const marker = (...pairs: string[]) => markerIn(Buffer.from(pairs.map((pair) => `${pair}\0`).join('')));

  test('is found at its start, in its middle and at its end', () => {
    expect(marker('JOBDECK_ATTEMPT_ID=a/1/b', 'X=1')).toBe('a/1/b');
    expect(marker('X=1', 'JOBDECK_ATTEMPT_ID=a/1/b', 'Y=')).toBe('a/1/b');
    expect(markerIn(Buffer.from('X=1\0JOBDECK_ATTEMPT_ID=a'))).toBe('a');
  });

  test("is not found in another variable's value or name", () => {
    expect(marker('X=JOBDECK_ATTEMPT_ID=a', 'MY_JOBDECK_ATTEMPT_ID=b')).toBeNull();
    expect(marker('X=JOBDECK_ATTEMPT_ID=a', 'JOBDECK_ATTEMPT_ID=c')).toBe('c');
    expect(marker()).toBeNull();
  });
});

test('a line of ps holds a name with spaces; one of a zombie holds no process', () => {
  expect(parsePsLine('  42   7  40 Ss   /Applications/A B/c d')).toMatchObject({
    pid: 42,
    parentPid: 7,
    groupId: 40,
    name: '/Applications/A B/c d',
  });
  expect(parsePsLine('  42   7  40 Z+   gone')).toBeNull();
  expect(parsePsLine('')).toBeNull();
});

/** A bare Linux has none, and needs none. */
const HAS_PS = ['/bin/ps', '/usr/bin/ps'].some((path) => existsSync(path));

test.each([
  ['listProcesses', listProcesses] as const,
  ...(HAS_PS ? [['readFromPs', readFromPs] as const] : []),
])('%s knows this process and a child of it', async (_name, list) => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { detached: true });
  onTestFinished(() => void child.kill('SIGKILL'));
  const entries = await list();
  expect(entries.find((entry) => entry.pid === child.pid)).toMatchObject({
    parentPid: process.pid,
    groupId: child.pid,
  });
});

test('callers that ask while a list is made are given one that was begun after they asked', async () => {
  const early = listProcesses();
  const [one, other] = [listProcesses(), listProcesses()];
  expect(await one).toBe(await other);
  expect(await one).not.toBe(await early);
});
