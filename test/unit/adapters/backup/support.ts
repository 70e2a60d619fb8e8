import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { BackupReason, BackupRecord } from '#shared/contract/backups.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type Backups, createBackups } from '../../../../src-main/adapters/backup/backups.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';

export const START = '2026-11-24T19:00:00Z';

export interface Folder {
  backups: Backups;
  data: string;
  /** Where the time stands. */
  clock: { now: string };
  files(): string[];
}

export function freshBackups(data = freshFolder()): Folder {
  const clock = { now: START };
  const backups = createBackups({ dataDirectory: data, appVersion: '1.2.3', now: () => clock.now });
  return { backups, data, clock, files: () => readdirSync(join(data, 'backups')).sort() };
}

export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobdeck-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function jobRecord(job: BatchJob): BackupRecord {
  return { kind: 'job', job, origin: 'author', approvedAtMs: null, journalId: 'j', seq: 4 };
}

export function records(count: number): BackupRecord[] {
  return [
    ...sampleHistory(count).map(jobRecord),
    { kind: 'delivery', delivery: historyDelivery(1), jobName: 'Papers', journalId: 'j', seq: 9 },
    { kind: 'view', view: { id: 'v', name: 'Failed photos' } },
  ];
}

export async function make(
  backups: Backups,
  content: BackupRecord[],
  reason: BackupReason = 'manual',
  keep = 7,
) {
  const writeId = await backups.begin(reason);
  for (let start = 0; start < content.length; start += 5)
    await backups.write(writeId, content.slice(start, start + 5));
  return backups.finish(writeId, keep);
}

/** Waits until a backup that was opened is read. */
export async function readThrough({ opened }: Backups, openId: string) {
  for (;;) {
    const reading = opened.reading(openId);
    if (reading.state !== 'reading') return reading;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Rewrites the text of a backup that is there. */
export function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, gzipSync(change(gunzipSync(readFileSync(path)).toString())));
}
