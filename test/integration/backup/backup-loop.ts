/**
 * Makes one backup after another of a history that grows, until it is killed: node backup-loop.ts DATA_DIRECTORY. Prints a
 * dot at every step, so that the kill can come at any of them.
 */
import { createBackups } from '../../../src-main/adapters/backup/backups.ts';
import { prepareValidators } from '../../../src-main/adapters/validators/index.ts';
import { sampleJobIn } from '../../fakes/sample-jobs.ts';

const [dataDirectory = ''] = process.argv.slice(2);
prepareValidators();
const backups = createBackups({ dataDirectory, appVersion: '0.1.0', now: () => new Date().toISOString() });
const jobs = Array.from({ length: 400 }, (_, index) => sampleJobIn('completed', index));
for (let round = 0; ; round += 1) {
  const writeId = await backups.begin('schedule');
  for (let start = 0; start < jobs.length; start += 20) {
    const page = jobs.slice(start, start + 20);
    await backups.write(
      writeId,
      page.map((job) => ({
        kind: 'job',
        job: { ...job, callback_url: `https://example.org/${process.pid}/${round}` },
        origin: 'author',
        approvedAtMs: null,
        journalId: null,
        seq: round,
      })),
    );
    process.stdout.write('.');
  }
  await backups.finish(writeId, 3);
  process.stdout.write('.');
}
