import { describe, expect, test } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import type { CommandTask, ScriptTask } from '#shared/job/tasks.ts';
import { type LaunchContext, launchOf } from '../../../../src-main/adapters/process/launch.ts';

const context: LaunchContext = {
  jobId: 'job-12345678' as JobId,
  attempt: 2,
  directory: '/data/attempt',
  marker: 'the-marker',
  platform: 'linux',
  homeDirectory: '/home/someone',
};
const launch = (task: CommandTask | ScriptTask, over: Partial<LaunchContext> = {}) =>
  launchOf(task, { ...context, ...over });

test('a program gets its arguments as they are', () => {
  expect(launch({ kind: 'command', program: 'tool', args: ['a b', '$X'] })).toMatchObject({
    role: 'program',
    file: 'tool',
    args: ['a b', '$X'],
    files: {},
    stdinPath: null,
  });
});

test('a shell line is one argument of /bin/sh', () => {
  expect(launch({ kind: 'command', shell: 'a | b "c"' })).toMatchObject({
    file: '/bin/sh',
    args: ['-c', 'a | b "c"'],
    verbatimArguments: false,
  });
});

test('on Windows a shell line goes to cmd in one pair of quotes and is not quoted again', () => {
  expect(launch({ kind: 'command', shell: 'dir "C:\\x" & echo 1' }, { platform: 'win32' })).toMatchObject({
    args: ['/d', '/s', '/c', '"dir "C:\\x" & echo 1"'],
    verbatimArguments: true,
  });
});

describe('a script', () => {
  test.each([
    ['python3', 'script.py', []],
    ['python3.12', 'script.py', []],
    ['/usr/bin/bash', 'script.sh', []],
    ['C:\\Tools\\Ruby.EXE', 'script.rb', []],
    ['pwsh', 'script.ps1', ['-NoLogo', '-NoProfile', '-NonInteractive', '-File']],
    ['awk', 'script.awk', ['-f']],
    ['some-tool', 'script', []],
  ])('for %s is the file %s', (interpreter, name, before) => {
    const { file, args, files, role } = launch({ kind: 'script', interpreter, source: 'text' });
    expect({ file, role }).toEqual({ file: interpreter, role: 'interpreter' });
    expect(args).toEqual([...before, `/data/attempt/${name}`]);
    expect(files[name]).toBe('text');
  });
});

test('stdin is a file of the attempt, and none where it is empty', () => {
  expect(launch({ kind: 'command', program: 'cat', stdin: 'text' })).toMatchObject({
    stdinPath: '/data/attempt/stdin',
    files: { stdin: 'text' },
  });
  expect(launch({ kind: 'command', program: 'cat', stdin: '' })).toMatchObject({
    stdinPath: null,
    files: {},
  });
});

test('a relative working directory begins at the home directory', () => {
  const at = (cwd: string | undefined) => launch({ kind: 'command', program: 'x', ...(cwd && { cwd }) }).cwd;
  expect([at(undefined), at('photos'), at('/tmp')]).toEqual([
    '/home/someone',
    '/home/someone/photos',
    '/tmp',
  ]);
});

test("a task's environment cannot take the attempt's names away", () => {
  const env = { JOBDECK_ATTEMPT_ID: 'other', JOBDECK_JOB_ID: 'other', A: '1' };
  expect(launch({ kind: 'command', program: 'x', env }).env).toEqual({
    A: '1',
    JOBDECK_JOB_ID: 'job-12345678',
    JOBDECK_ATTEMPT: '2',
    JOBDECK_ATTEMPT_ID: 'the-marker',
  });
});

test('an id with a NUL makes a variable without one', () => {
  const { env } = launch({ kind: 'command', program: 'x' }, { jobId: 'job-12345678\0x' as JobId });
  expect(env.JOBDECK_JOB_ID).toBe('job-12345678\uFFFDx');
});
