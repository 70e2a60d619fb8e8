import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { backupRecords } from '../../../../src-renderer/db/backup-records.ts';
import { saveJobs, trash } from '../../../../src-renderer/db/commands.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

async function messagesOf(count: number, metadataLength: number): Promise<BackupRecord[][]> {
  const db = freshDatabase();
  const jobs = sampleHistory(count).map((job) => ({
    ...job,
    metadata: { ...job.metadata, text: 'x'.repeat(metadataLength) },
  }));
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  await trash(
    db,
    jobs.slice(0, 3).map(({ id }) => id),
  );
  const messages: BackupRecord[][] = [];
  for await (const records of backupRecords(db)) messages.push(records);
  const ids = messages.flat().map((record) => record.kind === 'job' && record.job.id);
  expect(new Set(ids)).toEqual(new Set(jobs.slice(3).map(({ id }) => id)));
  expect(ids).toHaveLength(count - 3);
  return messages;
}

describe('the messages of a backup', () => {
  it('are small where the records are large', async () => {
    const messages = await messagesOf(120, 200_000);
    for (const records of messages) expect(JSON.stringify(records).length).toBeLessThan(2_200_000);
  });

  it('are few where the records are small', async () => {
    const messages = await messagesOf(1000, 0);
    expect(messages.length).toBeLessThan(10);
    expect(Math.max(...messages.map((records) => records.length))).toBe(250);
  });
});
