import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { notedProcess } from '../../../../src-main/adapters/process/process-note.ts';

const beganAtMs = Date.now() - process.uptime() * 1000;

function noteOf(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-note-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'process.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What asks for a process's start: a bare Linux has none, and reads no notes. */
const HAS_PS = ['/bin/ps', '/usr/bin/ps'].some((path) => existsSync(path));

test('a note of a process that is still there gives its pid', async () => {
  const pid = HAS_PS ? process.pid : null;
  expect(await notedProcess(noteOf({ pid: process.pid, startedAtMs: beganAtMs }))).toBe(pid);
});

test('a pid that another process has by now is not believed', async () => {
  expect(await notedProcess(noteOf({ pid: process.pid, startedAtMs: beganAtMs - 60_000 }))).toBeNull();
});

test('a process that has ended is no one', async () => {
  expect(await notedProcess(noteOf({ pid: 2 ** 30, startedAtMs: beganAtMs }))).toBeNull();
});

test.each(['', '{"pid":', '[]', 'null', '{"pid":1,"startedAtMs":1}', '{"pid":"7","startedAtMs":1}'])(
  'a note that reads %j names no one',
  async (content) => {
    expect(await notedProcess(noteOf(content))).toBeNull();
  },
);

test('no note names no one', async () => {
  expect(await notedProcess(join(tmpdir(), 'no-such-folder', 'process.json'))).toBeNull();
});
