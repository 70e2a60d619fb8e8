import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BackupMade } from '#shared/contract/backups.ts';
import { saveJobs } from '../../../../src-renderer/db/commands.ts';
import { startBackupSchedule } from '../../../../src-renderer/sync/backup-schedule.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';
import { RoundsClock } from './rounds-support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function scene({ jobs = 3 } = {}) {
  const fake = createFakeJobdeck();
  const clock = new RoundsClock('2026-11-24T08:00:00Z');
  fake.backups.nowMs = clock.now;
  const db = freshDatabase();
  let next = 0;
  const addJob = () => saveJobs(db, [{ job: sampleJob(next++), facts: { origin: 'author' } }]);
  for (let index = 0; index < jobs; index += 1) await addJob();
  const made: BackupMade[] = [];
  const errors: unknown[] = [];
  const start = (api = fake.api) =>
    startBackupSchedule({
      ...{ api, db, now: clock.now, schedule: clock.schedule },
      onMade: (each) => made.push(each),
      onError: (error) => errors.push(error),
    });
  const times = () => fake.backups.kept.map(({ file }) => file.createdAt);
  return { ...fake, clock, db, addJob, made, errors, start, times };
}

describe('the schedule of backups', () => {
  it('makes up for one that was missed soon after the start, and not in its first minute', async () => {
    const { clock, start, times } = await scene();
    start();
    await clock.pass(MINUTE);
    expect(times()).toEqual([]);
    await clock.pass(2 * MINUTE);
    expect(times()).toEqual(['2026-11-24T08:02:00.000Z']);
  });

  it('makes one a day while the window is open and jobs come', async () => {
    const { clock, start, times, addJob } = await scene();
    start();
    for (let day = 0; day < 3; day += 1) {
      await clock.pass(24 * HOUR);
      await addJob();
    }
    expect(times()).toHaveLength(3);
  });

  it('makes none where nothing has changed, and looks again a day later', async () => {
    const { clock, start, times, made, addJob } = await scene();
    start();
    await clock.pass(3 * 24 * HOUR);
    expect(times()).toHaveLength(1);
    expect(made.map(({ isUnchanged }) => isUnchanged)).toEqual([false, true, true]);
    await addJob();
    await clock.pass(25 * HOUR);
    expect(times()).toHaveLength(2);
  });

  it('waits for the rest of the day after a start', async () => {
    const { clock, start, times, backups, addJob } = await scene();
    backups.add([], { createdAt: '2026-11-23T20:00:00Z' });
    await addJob();
    start();
    await clock.pass(11 * HOUR);
    expect(times()).toHaveLength(1);
    await clock.pass(2 * HOUR);
    expect(times()).toHaveLength(2);
  });

  it('is not put off by a backup from a future that a wrong clock has made', async () => {
    const { clock, start, times, backups } = await scene();
    backups.add([], { createdAt: '2031-01-01T00:00:00Z' });
    start();
    await clock.pass(HOUR);
    expect(times()).toHaveLength(2);
  });

  it('follows the setting as it is changed', async () => {
    const { clock, start, times, api, addJob } = await scene();
    await api.writeSettings({ backupEveryHours: null });
    start();
    await clock.pass(100 * HOUR);
    expect(times()).toEqual([]);
    await api.writeSettings({ backupEveryHours: 6 });
    await clock.pass(HOUR);
    expect(times()).toHaveLength(1);
    await addJob();
    await clock.pass(5 * HOUR);
    expect(times()).toHaveLength(1);
    await clock.pass(2 * HOUR);
    expect(times()).toHaveLength(2);
  });

  it('lets no empty history take the place of backups that hold something', async () => {
    const { clock, start, times } = await scene({ jobs: 0 });
    start();
    await clock.pass(48 * HOUR);
    expect(times()).toEqual([]);
  });

  it('says that one failed, and tries again', async () => {
    const { clock, start, times, api, errors } = await scene();
    let fails = true;
    const full = { ok: false, error: { code: 'disk-full', message: 'Free some.' } } as const;
    start({ ...api, beginBackup: async (request) => (fails ? full : api.beginBackup(request)) });
    await clock.pass(40 * MINUTE);
    expect(errors).toHaveLength(2);
    fails = false;
    await clock.pass(40 * MINUTE);
    expect(times()).toHaveLength(1);
  });

  it('is over when it is disposed of', async () => {
    const { clock, start, times } = await scene();
    start()();
    expect(clock.isWaiting).toBe(false);
    await clock.pass(48 * HOUR);
    expect(times()).toEqual([]);
  });
});
