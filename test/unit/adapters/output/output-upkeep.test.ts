import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { attemptDirectory, jobDirectory } from '../../../../src-main/adapters/output/output-paths.ts';
import { dropOutput, outputSizes } from '../../../../src-main/adapters/output/output-upkeep.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';

function withOutput(): { data: string; ids: JobId[] } {
  const data = mkdtempSync(join(tmpdir(), 'jobdeck-upkeep-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const ids = Array.from({ length: 20 }, (_, index) => sampleJob(index).id);
  const write = (path: string, bytes: number) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'x'.repeat(bytes));
  };
  for (const [index, jobId] of ids.entries()) {
    if (index % 3 === 2) continue;
    write(join(attemptDirectory(data, { jobId, attempt: 1 }), 'stdout'), 100 * index);
    write(join(attemptDirectory(data, { jobId, attempt: 2 }), 'stderr'), 7);
    write(join(attemptDirectory(data, { jobId, attempt: 1, item: 1204 }), 'stdout'), 1000);
  }
  return { data, ids };
}

it('says how many bytes jobs have printed, in the order they are asked for, with all attempts and items', async () => {
  const { data, ids } = withOutput();
  const expected = ids.map((_id, index) => (index % 3 === 2 ? 0 : 100 * index + 7 + 1000));
  expect(await outputSizes(data, ids)).toEqual(expected);
  expect(await outputSizes(data, ids.toReversed())).toEqual(expected.toReversed());
  expect(await outputSizes(data, [])).toEqual([]);
});

it('removes all that these jobs have printed, and nothing of others', async () => {
  const { data, ids } = withOutput();
  const [first, second, none] = ids as [JobId, JobId, JobId];
  await dropOutput(data, [second, none]);
  expect(existsSync(jobDirectory(data, second))).toBe(false);
  expect(await outputSizes(data, [first, second, none])).toEqual([1007, 0, 0]);
});
