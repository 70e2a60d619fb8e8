/** Backups of much text. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { createOpenedBackups } from '../../../src-main/adapters/backup/opened-backups.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';
import { freshBackups, jobRecord, make } from '../../unit/adapters/backup/support.ts';

describe('a backup of jobs that print the same all the time', () => {
  it('can be read, though it unpacks to a thousand times its size', async () => {
    const { backups } = freshBackups();
    const job = sampleJob(0);
    const record = jobRecord({ ...job, metadata: { ...job.metadata, printed: 'A'.repeat(1024 * 1024) } });
    const made = await make(backups, Array(280).fill(record));
    expect(made.check).toMatchObject({ counts: { job: 280 }, problem: null });
  }, 60_000);
});

describe('a backup that is opened where the disk is nearly full', () => {
  it('is read no further', async () => {
    const { backups } = freshBackups();
    const { backup } = await make(backups, [jobRecord(sampleJob(0))]);
    const full = new AppError('disk-full', 'Expected room, got none.');
    const opened = createOpenedBackups(
      () => new Uint8Array(32),
      () => () => Promise.reject(full),
    );
    const { openId } = await opened.open(backups.pathOf(backup.name));
    await expect
      .poll(() => opened.reading(openId))
      .toMatchObject({ state: 'failed', problem: expect.stringContaining('Expected room, got none') });
    await opened.close(openId);
  });
});
