import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import {
  NO_LIMITS,
  NO_RETENTION,
  RETENTION_STATUSES,
  type RetentionLimits,
  type RetentionRules,
  type RetentionStatus,
} from '#shared/contract/retention.ts';
import { type CleanUpNote, readCleanUpNote } from '../../../../src-renderer/db/clean-up-note.ts';
import { purgeExpired, saveJobs } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { toDeliveryRow } from '../../../../src-renderer/db/delivery-row.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { writeDeliveries } from '../../../../src-renderer/db/write-deliveries.ts';
import {
  cleanUp,
  clearAwayCleanUp,
  previewRetention,
  totalOf,
  undoCleanUp,
} from '../../../../src-renderer/sync/retention.ts';
import { startRetentionSchedule } from '../../../../src-renderer/sync/retention-schedule.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { Random } from '../../../fakes/random.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { dump } from '../db/imports-support.ts';
import { countedReally, freshDatabase, idsOf } from '../support.ts';
import { RoundsClock } from './rounds-support.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-12-31T00:00:00Z');

/** Limits of one status; the others keep all. */
function rulesFor(
  status: RetentionStatus,
  { jobs = {}, output = {} }: { jobs?: Partial<RetentionLimits>; output?: Partial<RetentionLimits> },
): RetentionRules {
  return {
    ...NO_RETENTION.rules,
    [status]: { jobs: { ...NO_LIMITS, ...jobs }, output: { ...NO_LIMITS, ...output } },
  };
}

/** Of each status `each` jobs; the `n`th ended `n + 1` days ago and has 1 MB of output. */
async function scene(each = 10) {
  const fake = createFakeJobdeck();
  const db = freshDatabase();
  let index = 0;
  for (const status of RETENTION_STATUSES) {
    const jobs = Array.from({ length: each }, (_, day) => ({
      ...sampleJobIn(status, index++),
      completed_at: new Date(NOW - (day + 1) * DAY).toISOString(),
    }));
    await saveJobs(
      db,
      jobs.map((job) => ({ job, facts: { origin: 'author' } })),
    );
    for (const { id } of jobs) fake.backups.outputBytes.set(id, 1_000_000);
  }
  await saveJobs(db, [{ job: sampleJob(500), facts: { origin: 'author' } }]);
  return { ...fake, db, context: { api: fake.api, db } };
}

/** How many days ago what is left of a status ended. */
async function daysLeft(db: JobdeckDatabase, status: RetentionStatus): Promise<number[]> {
  const rows = await db.jobs.filter((row) => row.status === status && row.listed === 1).toArray();
  return rows.map(({ endedAtMs }) => Math.round((NOW - endedAtMs) / DAY)).sort((one, other) => one - other);
}

describe('the rules of retention', () => {
  it.each(RETENTION_STATUSES)(
    'let the jobs go that are %s for longer than so many days, and no others',
    async (status) => {
      const { context, db } = await scene();
      const note = await cleanUp(context, rulesFor(status, { jobs: { days: 4 } }), false, {
        nowMs: NOW,
        pageSize: 3,
      });
      expect(note).toMatchObject({ jobs: 6, outputs: 0, bytes: 6_000_000 });
      expect(await daysLeft(db, status)).toEqual([1, 2, 3, 4]);
      for (const other of RETENTION_STATUSES)
        if (other !== status) expect(await daysLeft(db, other)).toHaveLength(10);
      expect(await db.jobs.count()).toBe(41);
    },
  );

  it('let all but the newest go', async () => {
    const { context, db } = await scene();
    await cleanUp(context, rulesFor('expired', { jobs: { count: 3 } }), false, { nowMs: NOW, pageSize: 4 });
    expect(await daysLeft(db, 'expired')).toEqual([1, 2, 3]);
    expect(await daysLeft(db, 'failed')).toHaveLength(10);
  });

  it('let go what does not fit into so many bytes, with the records, and keep smaller ones that do', async () => {
    const { context, db, backups } = await scene();
    const [, big] = await db.jobs
      .where('[bucket+endedAtMs+key]')
      .between(['cancelled', 0, 0], ['cancelled', NOW, 0])
      .reverse()
      .toArray();
    backups.outputBytes.set(big?.id as never, 90_000_000);
    await cleanUp(context, rulesFor('cancelled', { jobs: { megabytes: 4 } }), false, { nowMs: NOW });
    expect(await daysLeft(db, 'cancelled')).toEqual([1, 3, 4]);
  });

  it('hold together: what breaks one of them goes', async () => {
    const { context, db } = await scene();
    await cleanUp(context, rulesFor('completed', { jobs: { days: 8, count: 6, megabytes: 3 } }), false, {
      nowMs: NOW,
    });
    expect(await daysLeft(db, 'completed')).toEqual([1, 2]);
  });

  it.each([
    [{ days: 2 }, 8],
    [{ count: 5 }, 5],
    [{ megabytes: 7 }, 3],
  ])('let output go before its job, by %j', async (output, dropped) => {
    const { context, db, backups } = await scene();
    const note = await cleanUp(context, rulesFor('failed', { output }), false, { nowMs: NOW });
    expect(note).toMatchObject({ jobs: 0, outputs: dropped, bytes: dropped * 1_000_000 });
    expect(await daysLeft(db, 'failed')).toHaveLength(10);
    expect(backups.outputBytes.size).toBe(40 - dropped);
  });

  it('let output go earlier and jobs later', async () => {
    const { context, db, backups } = await scene();
    const rules = rulesFor('completed', { jobs: { days: 7 }, output: { days: 3 } });
    const note = await cleanUp(context, rules, false, { nowMs: NOW });
    expect(note).toMatchObject({ jobs: 3, outputs: 4 });
    expect(await daysLeft(db, 'completed')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    // What is in the trash has its output until that is cleared away.
    expect(backups.outputBytes.size).toBe(40 - 4);
  });

  it('find nothing more to do in a second round', async () => {
    const { context } = await scene();
    const rules = rulesFor('completed', { jobs: { count: 7, megabytes: 5 }, output: { megabytes: 2 } });
    await cleanUp(context, rules, false, { nowMs: NOW });
    expect(await cleanUp(context, rules, false, { nowMs: NOW })).toMatchObject({
      jobs: 0,
      outputs: 0,
      bytes: 0,
    });
  });

  it('do what they foretell, whatever they are', async () => {
    const random = new Random(11);
    const limit = (most: number) => (random.chance(0.5) ? null : random.between(1, most));
    for (let round = 0; round < 15; round += 1) {
      const { context } = await scene(6);
      const some = () => ({ days: limit(7), count: limit(7), megabytes: limit(7) });
      const rules = Object.fromEntries(
        RETENTION_STATUSES.map((status) => [status, { jobs: some(), output: some() }]),
      ) as RetentionRules;
      const { jobs, outputs, bytes } = totalOf(
        await previewRetention(context, rules, { nowMs: NOW, pageSize: 4 }),
      );
      expect(await cleanUp(context, rules, false, { nowMs: NOW, pageSize: 5 })).toMatchObject({
        jobs,
        outputs,
        bytes,
      });
    }
  });

  it('leave a job alone whose callback is still to be sent', async () => {
    const { context, db } = await scene(0);
    const job = { ...sampleJobIn('completed', 1), callback_url: 'https://example.org/hooks/done' };
    const sent = { ...sampleJobIn('completed', 2), callback_url: 'https://example.org/hooks/done' };
    await saveJobs(
      db,
      [job, sent].map((each) => ({ job: each, facts: { origin: 'author' } })),
    );
    await db.change(() =>
      writeDeliveries(
        db,
        [historyDelivery(1), historyDelivery(2, { state: 'delivered' })].map((delivery) => ({
          before: undefined,
          after: toDeliveryRow(delivery, { jobName: 'x', journalId: 'j', seq: 1 }),
        })),
      ),
    );
    await cleanUp(context, rulesFor('completed', { jobs: { days: 1 } }), false, { nowMs: NOW });
    expect(await jobById(db, job.id)).toMatchObject({ bucket: 'completed' });
    expect(await jobById(db, sent.id)).toMatchObject({ bucket: 'trash' });
  });

  it('leave output alone that the runner still writes', async () => {
    const { context, db, backups } = await scene(2);
    const [first] = await db.jobs
      .where('[bucket+endedAtMs+key]')
      .between(['failed', 0, 0], ['failed', NOW, 0])
      .toArray();
    backups.active.add(first?.id as never);
    const note = await cleanUp(context, rulesFor('failed', { output: { count: 0 } }), false, { nowMs: NOW });
    expect(note).toMatchObject({ outputs: 1, bytes: 1_000_000 });
  });
});

describe('the preview of a clean-up', () => {
  it('says what would go of each status, how old it is and which it is, and changes nothing', async () => {
    const { context, db } = await scene();
    const before = await dump(db);
    const looked: number[] = [];
    const preview = await previewRetention(
      context,
      rulesFor('failed', { jobs: { days: 6 }, output: { days: 3 } }),
      {
        nowMs: NOW,
        onProgress: (count) => looked.push(count),
      },
    );
    expect(preview.byStatus.failed).toEqual({
      jobs: 4,
      outputs: 3,
      bytes: 7_000_000,
      oldestMs: NOW - 10 * DAY,
      newestMs: NOW - 4 * DAY,
    });
    expect(preview.byStatus.completed.jobs).toBe(0);
    expect(preview.first.map(({ fate }) => fate)).toEqual([
      ...['loses-output', 'loses-output', 'loses-output'],
      ...['goes', 'goes', 'goes', 'goes'],
    ]);
    expect(await dump(db)).toBe(before);
    // Nothing newer than three days is even looked at; jobs that failed and that expired are in one list.
    expect(looked.at(-1)).toBe(16);
  });

  it('can be stopped', async () => {
    const { context } = await scene();
    const stopping = new AbortController();
    stopping.abort();
    await expect(
      previewRetention(context, rulesFor('failed', { jobs: { days: 6 } }), {
        nowMs: NOW,
        signal: stopping.signal,
      }),
    ).rejects.toThrow('abort');
  });
});

describe('a clean-up', () => {
  it('can be undone until it is cleared away, and brings nothing else back', async () => {
    const { context, db, api } = await scene();
    const before = await idsOf(db);
    const first = await cleanUp(context, rulesFor('failed', { jobs: { days: 6 } }), false, {
      nowMs: NOW - 1000,
    });
    const second = await cleanUp(context, rulesFor('completed', { jobs: { days: 6 } }), false, {
      nowMs: NOW,
    });
    expect(await undoCleanUp(db, second)).toBe(4);
    expect(await daysLeft(db, 'completed')).toHaveLength(10);
    expect(await daysLeft(db, 'failed')).toHaveLength(6);
    await purgeExpired(db, api);
    expect(await undoCleanUp(db, first)).toBe(0);
    expect(await idsOf(db)).toHaveLength(before.length - 4);
    expect((await countedReally(db)).trash).toBe(0);
  });

  it('that is stopped says and notes what went before, all of which can come back', async () => {
    const { context, db } = await scene();
    const stopping = new AbortController();
    const told: CleanUpNote[] = [];
    const note = await cleanUp(context, rulesFor('failed', { jobs: { days: 2 } }), false, {
      ...{ nowMs: NOW, pageSize: 4, signal: stopping.signal },
      onProgress: () => stopping.abort(),
      onCleaned: (each) => told.push(each),
    });
    const left = await daysLeft(db, 'failed');
    expect(note).toMatchObject({ jobs: 10 - left.length, isWhole: false });
    expect(note.jobs).toBeGreaterThan(0);
    expect(left.length).toBeGreaterThan(2);
    expect(told).toEqual([note]);
    expect(await readCleanUpNote(db)).toEqual(note);
    expect(await undoCleanUp(db, note)).toBe(note.jobs);
    expect(await daysLeft(db, 'failed')).toHaveLength(10);
  });

  it('that is stopped before anything went leaves the note of the last one', async () => {
    const { context, db } = await scene();
    const rules = rulesFor('failed', { jobs: { days: 2 } });
    const last = await cleanUp(context, rulesFor('failed', { jobs: { days: 9 } }), true, { nowMs: NOW - 1 });
    const told: CleanUpNote[] = [];
    const options = {
      nowMs: NOW,
      signal: AbortSignal.abort(),
      onCleaned: (note: CleanUpNote) => told.push(note),
    };
    expect(await cleanUp(context, rules, false, options)).toMatchObject({ jobs: 0, outputs: 0 });
    expect(told).toEqual([]);
    expect(await readCleanUpNote(db)).toEqual(last);
  });

  it('that fails on its way tells what went before', async () => {
    const { context, db } = await scene();
    const told: CleanUpNote[] = [];
    const api = {
      ...context.api,
      dropOutput: async () =>
        ({ ok: false, error: { code: 'internal', message: 'The disk is gone.' } }) as never,
    };
    const rules = rulesFor('failed', { jobs: { days: 6 }, output: { days: 3 } });
    await expect(
      cleanUp({ ...context, api }, rules, false, { nowMs: NOW, onCleaned: (note) => told.push(note) }),
    ).rejects.toThrow('The disk is gone.');
    expect(told).toMatchObject([{ jobs: 4, outputs: 0, bytes: 4_000_000, isWhole: false }]);
    expect(await readCleanUpNote(db)).toEqual(told[0]);
  });

  it('is cleared away alone: what else is in the trash can still come back', async () => {
    const { context, db, api } = await scene();
    const first = await cleanUp(context, rulesFor('failed', { jobs: { days: 6 } }), false, {
      nowMs: NOW - 1,
    });
    const second = await cleanUp(context, rulesFor('expired', { jobs: { days: 6 } }), false, { nowMs: NOW });
    await clearAwayCleanUp(db, api, second);
    expect(await undoCleanUp(db, second)).toBe(0);
    expect(await undoCleanUp(db, first)).toBe(4);
  });

  it('leaves a note of what it did', async () => {
    const { context, db } = await scene();
    expect(await readCleanUpNote(db)).toBeNull();
    const note = await cleanUp(context, rulesFor('failed', { jobs: { count: 1 } }), true, { nowMs: NOW });
    expect(await readCleanUpNote(db)).toEqual(note);
    expect(note).toEqual({
      atMs: NOW,
      jobs: 9,
      outputs: 0,
      bytes: 9_000_000,
      isAutomatic: true,
      isWhole: true,
    });
  });
});

describe('cleaning up by itself', () => {
  async function scheduled(isAutomatic: boolean) {
    const { api, db } = await scene(3);
    const clock = new RoundsClock('2026-12-31T00:00:00Z');
    const notes: CleanUpNote[] = [];
    await api.writeSettings({ retention: { isAutomatic, rules: rulesFor('failed', { jobs: { days: 2 } }) } });
    startRetentionSchedule({
      ...{ api, db, now: clock.now, schedule: clock.schedule },
      onCleaned: (note) => notes.push(note),
      onError: (error) => {
        throw error;
      },
    });
    return { api, db, clock, notes };
  }

  it('does nothing before it is set', async () => {
    const { db, clock, notes, api } = await scheduled(false);
    await clock.pass(3 * DAY);
    expect(notes).toEqual([]);
    expect(await daysLeft(db, 'failed')).toEqual([1, 2, 3]);
    await api.writeSettings({ retention: { ...NO_RETENTION, isAutomatic: true } });
    await clock.pass(DAY);
    expect(notes).toEqual([]);
  });

  it('is done soon after the start, and then once a day', async () => {
    const { db, clock, notes } = await scheduled(true);
    await clock.pass(10 * 60_000);
    expect(await daysLeft(db, 'failed')).toEqual([1]);
    expect(notes).toMatchObject([{ jobs: 2, isAutomatic: true }]);
    await clock.pass(22 * 3_600_000);
    expect(notes).toHaveLength(1);
    await clock.pass(3 * 3_600_000);
    expect(notes).toMatchObject([{ jobs: 2 }, { jobs: 1 }]);
  });
});
