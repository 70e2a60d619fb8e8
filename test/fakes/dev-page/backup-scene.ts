/** A history that has gone on since its backups, and takes room. */
import type { BackupRecord } from '#shared/contract/backups.ts';
import { NO_LIMITS, NO_RETENTION } from '#shared/contract/retention.ts';
import { backupRecords } from '../../../src-renderer/db/backup-records.ts';
import { purgeExpired, trash } from '../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../src-renderer/db/database.ts';
import { endRecovery } from '../../../src-renderer/db/recover-page.ts';
import type { FakeJobdeck } from '../fake-jobdeck-api.ts';

const DAY_MS = 24 * 3_600_000;

export async function prepareBackupScene(db: JobdeckDatabase, { api, backups }: FakeJobdeck): Promise<void> {
  // One that has followed the runner, and is not to be brought back.
  await endRecovery(db);
  const records: BackupRecord[] = [];
  for await (const page of backupRecords(db)) records.push(...page);
  const at = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  backups.add(records.slice(0, 20), { createdAt: at(12), sizeBytes: 2_914_202 });
  backups.add(records.slice(0, 30), { createdAt: at(5), sizeBytes: 3_814_202, reason: 'migration' });
  const damaged = backups.add(records.slice(0, 40), {
    createdAt: at(3),
    sizeBytes: 1_204_202,
    reason: 'manual',
  });
  damaged.problem = `The backup ${damaged.file.name} can't be read: it is cut off: its end is missing, after 1204 lines. Choose another backup; this file was left as it is.`;
  const changed = records.map((record, index) =>
    record.kind === 'job' && index % 6 === 1
      ? { ...record, job: { ...record.job, callback_url: 'https://example.org/before' } }
      : record,
  );
  backups.add(changed, { createdAt: at(0.4), sizeBytes: 4_182_950 });
  backups.chosen = backups.add(changed.slice(0, 15), { createdAt: at(40) }, false);
  backups.kept.splice(backups.kept.indexOf(backups.chosen), 1);
  backups.kept.sort((one, other) => (one.file.createdAt < other.file.createdAt ? -1 : 1));
  const rows = await db.jobs.toArray();
  await trash(
    db,
    rows.slice(5, 12).map(({ id }) => id),
  );
  await purgeExpired(db, { forgetJobs: async () => ({ ok: true, value: { refused: [] } }) });
  for (const [index, { id }] of rows.entries()) backups.outputBytes.set(id, ((index * 7919) % 97) * 412_000);
  const rule = { jobs: { ...NO_LIMITS, days: 3 }, output: { ...NO_LIMITS, days: 1, megabytes: 500 } };
  const rules = {
    ...NO_RETENTION.rules,
    completed: rule,
    failed: { ...rule, jobs: { ...NO_LIMITS, count: 3 } },
  };
  await api.writeSettings({ retention: { isAutomatic: false, rules } });
}
