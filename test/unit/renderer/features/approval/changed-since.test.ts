import { expect, it } from 'vitest';
import { toRow } from '../../../../../src-renderer/db/to-row.ts';
import { changedSince } from '../../../../../src-renderer/features/approval/changed-since.ts';
import { sampleJob } from '../../../../fakes/sample-jobs.ts';

const row = { ...toRow(sampleJob(1), { origin: 'imported' }), key: 1 };

it('lets what was shown be approved while it is the same', () => {
  expect(changedSince([row], [structuredClone(row)])).toBe(false);
});

it('sees that the task was replaced while it was looked at', () => {
  const other = sampleJob(1, { task: { kind: 'command', shell: 'rm -rf ~' } });
  expect(changedSince([row], [{ ...row, job: other }])).toBe(true);
});

it('sees that a job was deleted while it was looked at', () => {
  expect(changedSince([row], [])).toBe(true);
  expect(changedSince([row], [{ ...row, bucket: 'trash' }])).toBe(true);
});
