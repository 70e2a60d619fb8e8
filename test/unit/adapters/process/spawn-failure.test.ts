import { expect, test } from 'vitest';
import {
  explainFolderFailure,
  explainSpawnFailure,
} from '../../../../src-main/adapters/process/spawn-failure.ts';

const launch = { role: 'program', file: 'tool', cwd: '/', env: {} } as const;
const explain = (errno: string, over: Partial<Parameters<typeof explainSpawnFailure>[1]> = {}) =>
  explainSpawnFailure({ stage: 'spawn', errno, message: `spawn tool ${errno}` }, { ...launch, ...over });

test.each(['ENOSPC', 'EDQUOT'])('%s is a full disk, wherever it happens', async (errno) => {
  const failure = { stage: 'files', errno, message: `${errno}: no space left on device, open '/o'` } as const;
  expect((await explainSpawnFailure(failure, launch)).code).toBe('disk-full');
  const error = Object.assign(new Error('no space left'), { code: errno });
  expect(explainFolderFailure(error, '/data')).toEqual({
    code: 'disk-full',
    message: 'The disk that holds the output is full: no space left. Free some space and run the job again.',
  });
});

test.each(['EAGAIN', 'EMFILE'])('%s says that fewer jobs at a time would help', async (errno) => {
  const { code, message } = await explain(errno);
  expect(code).toBe('spawn');
  expect(message).toContain('Run fewer jobs at a time');
});

test('a batch file on Windows is to be a shell line', async () => {
  expect((await explain('EINVAL', { file: 'npm.cmd' })).message).toContain('Write it as a shell line');
});

test('an interpreter with arguments in its name is told to have none', async () => {
  const { message } = await explain('ENOENT', { role: 'interpreter', file: 'bash -e' });
  expect(message).toMatch(/^The interpreter "bash -e" was not found .+ without arguments\.$/);
});

test("an error that nobody foresaw keeps the system's words", async () => {
  expect((await explain('EWHAT')).message).toBe('The program "tool" could not be started: spawn tool EWHAT.');
});
