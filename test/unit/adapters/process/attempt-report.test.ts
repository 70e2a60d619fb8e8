import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { verdictOfExit } from '../../../../src-main/adapters/process/attempt-end.ts';
import { verdictOnDisk } from '../../../../src-main/adapters/process/attempt-report.ts';

const nothing = { bytes: 0, cutBytes: 0 };
const drained = (errno: string) => ({
  stdout: nothing,
  stderr: nothing,
  failure: { errno, message: `${errno}: why` },
});

// A file system without room; a full disk can't be made here.
test.runIf(process.platform === 'linux')('a program that failed on a full disk says both', async () => {
  const { error } = await verdictOnDisk(verdictOfExit(2, null), null, '/proc');
  expect(error).toEqual({
    code: 'disk-full',
    message:
      'The program ended with exit code 2. The disk that holds its output is full. Free some space and run the job again.',
  });
  expect(await verdictOnDisk(verdictOfExit(0, null), null, '/proc')).toEqual({ outcome: 'completed' });
});

test('a program that failed with room on the disk failed for its own reason', async () => {
  expect((await verdictOnDisk(verdictOfExit(2, null), null, tmpdir())).error?.code).toBe('exit-code');
});

test('output that could not be kept fails an attempt that ended well', async () => {
  const of = async (errno: string) =>
    (await verdictOnDisk(verdictOfExit(0, null), drained(errno), tmpdir())).error;
  expect(await of('ENOSPC')).toMatchObject({ code: 'disk-full' });
  expect(await of('EDQUOT')).toMatchObject({ code: 'disk-full' });
  expect(await of('EIO')).toEqual({
    code: 'spawn',
    message: 'The output could not be written: EIO: why. What was written before is kept.',
  });
});
