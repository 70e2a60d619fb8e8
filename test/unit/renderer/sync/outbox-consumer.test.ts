import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { applyRecords, readCursor } from '../../../../src-renderer/db/apply-records.ts';
import { purge, trash } from '../../../../src-renderer/db/commands.ts';
import { readCounts } from '../../../../src-renderer/db/counters.ts';
import { type JobdeckDatabase, openDatabase } from '../../../../src-renderer/db/database.ts';
import { jobById } from '../../../../src-renderer/db/queries.ts';
import { startOutboxConsumer } from '../../../../src-renderer/sync/outbox-consumer.ts';
import { catchUp, type OutboxApi } from '../../../../src-renderer/sync/pull.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import type { FakeMain } from '../../../fakes/fake-main.ts';
import { sampleJob } from '../../../fakes/sample-jobs.ts';
import { countedReally, freshDatabase, idsOf } from '../support.ts';

const jobs = Array.from({ length: 7 }, (_, index) =>
  sampleJob(index, index % 3 === 0 ? { tags: ['callback'] } : {}),
).map((job, index) => (index % 3 === 0 ? { ...job, callback_url: 'http://127.0.0.1:9/' } : job));
const ids = jobs.map((job) => job.id);
const [id = jobs.at(0)?.id] = ids;
if (id === undefined) throw new Error('Expected samples.');

function submitAll(main: FakeMain) {
  main.submit({ jobs, consent: 'author' });
}

function finishAll(main: FakeMain) {
  for (let running = true; running; ) {
    running = false;
    for (const job of main.jobs) {
      if (job.status !== 'running') continue;
      main.finish(job.id, job.id === ids[1] ? 3 : 0);
      running = true;
    }
  }
}

/** A consumer with a timer that a test rings by hand. */
function consume(api: Parameters<typeof startOutboxConsumer>[0]['api'], db: JobdeckDatabase) {
  const timer: { ring: () => void; delayMs: number | null } = { ring: () => {}, delayMs: null };
  const onProblem = vi.fn<(sentence: string | null) => void>();
  const consumer = startOutboxConsumer({
    api,
    db,
    onProblem,
    pageSize: 3,
    schedule: (callback, delayMs) => {
      Object.assign(timer, { ring: callback, delayMs });
      return () => Object.assign(timer, { ring: () => {}, delayMs: null });
    },
  });
  return { consumer, timer, onProblem };
}

async function statuses(db: JobdeckDatabase) {
  return (await db.jobs.toArray()).map((row) => row.status);
}

describe('a consumer', () => {
  it('catches up at its start, page by page, and acknowledges what is durable', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    finishAll(main);
    const acknowledge = vi.spyOn(api, 'acknowledgeOutbox').mockImplementation(async (cursor) => {
      expect(await readCursor(db)).toEqual(cursor);
      main.acknowledge(cursor);
      return { ok: true, value: {} };
    });
    const { consumer } = consume(api, db);
    await consumer.pullNow();
    consumer();
    expect(acknowledge).toHaveBeenCalled();
    expect(await readCursor(db)).toEqual({ journalId: main.journalId, seq: main.head });
    expect((await idsOf(db)).sort()).toEqual([...ids].sort());
    expect(await readCounts(db)).toMatchObject({ completed: 6, failed: 1, active: 0 });
    expect(main.jobs).toEqual([]);
  });

  it('pulls when the doorbell rings', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const { consumer } = consume(api, db);
    await consumer.pullNow();
    submitAll(main);
    await vi.waitFor(async () => expect(await statuses(db)).toHaveLength(jobs.length));
    consumer();
  });

  it('finds what a lost doorbell did not tell when its time comes', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const { consumer, timer } = consume(api, db);
    await vi.waitFor(() => expect(timer.delayMs).not.toBeNull());
    main.losesDoorbells = true;
    submitAll(main);
    timer.ring();
    await vi.waitFor(async () => expect(await statuses(db)).toHaveLength(jobs.length));
    consumer();
  });

  it('does nothing any more once it is disposed of', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const stopListening = vi.fn();
    vi.spyOn(api, 'onOutboxGrew').mockReturnValue(stopListening);
    const { consumer, timer } = consume(api, db);
    await consumer.pullNow();
    consumer();
    expect(stopListening).toHaveBeenCalledOnce();
    submitAll(main);
    await consumer.pullNow();
    expect(await statuses(db)).toEqual([]);
    expect(timer.delayMs).toBeNull();
  });

  it('started twice in one window applies each event once', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const writes = recordWrites(db, []);
    const first = consume(api, db);
    const second = consume(api, openDatabase(db.name));
    submitAll(main);
    finishAll(main);
    await Promise.all([first.consumer.pullNow(), second.consumer.pullNow()]);
    first.consumer();
    second.consumer();
    expect(new Set(writes).size).toBe(writes.length);
    expect(await readCounts(db)).toEqual(await countedReally(db));
    expect(await readCounts(db)).toMatchObject({ completed: 6, failed: 1 });
  });

  it.each([
    ['QuotaExceededError', /disk is full/u],
    ['DatabaseClosedError', /closed/u],
    ['OddError', /tried again shortly/u],
  ])('says what a %s means, acknowledges nothing, and recovers', async (name, sentence) => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    const change = vi.spyOn(db, 'change').mockRejectedValue(Object.assign(new Error('No.'), { name }));
    const acknowledge = vi.spyOn(api, 'acknowledgeOutbox');
    const { consumer, timer, onProblem } = consume(api, db);
    await vi.waitFor(() => expect(timer.delayMs).not.toBeNull());
    const firstDelayMs = timer.delayMs ?? 0;
    await consumer.pullNow();
    expect(timer.delayMs).toBeGreaterThan(firstDelayMs);
    expect(onProblem).toHaveBeenLastCalledWith(expect.stringMatching(sentence));
    expect(acknowledge).not.toHaveBeenCalled();
    change.mockRestore();
    await consumer.pullNow();
    consumer();
    expect(onProblem).toHaveBeenLastCalledWith(null);
    expect(await statuses(db)).toHaveLength(jobs.length);
  });
});

describe('an interruption', () => {
  it('at any point of a pull neither loses nor doubles an event', async () => {
    let points = 0;
    for (let crashAt = 0; ; crashAt += 1) {
      const { api, main } = createFakeJobdeck();
      const name = freshDatabase().name;
      const writes: string[] = [];
      let left = crashAt;
      const step = () => {
        if (left-- === 0) throw new Error('Crashed.');
      };
      /** Like a window that is opened, catches up, and is killed at the chosen step. */
      const openWindow = async () => {
        const db = openDatabase(name);
        recordWrites(db, writes);
        crashing(db, step);
        await catchUp(crashingApi(api, step), db, 3).catch((error) => expect(error.message).toBe('Crashed.'));
        db.close();
      };
      submitAll(main);
      await openWindow();
      finishAll(main);
      await openWindow();
      const reached = left < 0;
      left = Number.POSITIVE_INFINITY;
      await openWindow();

      const db = openDatabase(name);
      expect(await readCursor(db)).toEqual({ journalId: main.journalId, seq: main.head });
      expect(new Set(writes).size).toBe(writes.length);
      expect(await readCounts(db)).toEqual({ ...(await countedReally(db)), completed: 6, failed: 1 });
      const withCallback = await db.jobs.filter((row) => row.job.callback_url !== null).toArray();
      expect(withCallback.map((row) => row.job.callback_status_code)).toEqual([200, 200, 200]);
      expect(main.jobs).toEqual([]);
      points = crashAt;
      if (!reached) break;
    }
    expect(points).toBeGreaterThan(20);
  });

  it('of a transaction leaves rows and cursor as they were', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    const stop = () => {
      throw new Error('No.');
    };
    db.meta.hook('creating', stop);
    await expect(catchUp(api, db)).rejects.toThrow('No.');
    db.meta.hook('creating').unsubscribe(stop);
    expect(await statuses(db)).toEqual([]);
    expect(await readCursor(db)).toBeNull();
    await catchUp(api, db);
    expect(await statuses(db)).toHaveLength(jobs.length);
  });

  it('of the runner is told like any other end', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    await catchUp(api, db);
    main.restart();
    finishAll(main);
    await catchUp(api, db);
    const ended = await db.jobs.toArray();
    expect(ended.every((row) => isTerminal(row.status))).toBe(true);
    expect(ended.filter((row) => row.job.metadata?.jobdeck?.error?.code === 'interrupted')).not.toEqual([]);
  });
});

describe('a gap', () => {
  it('is filled from the snapshot, at any point of which a crash loses nothing', async () => {
    for (let crashAt = 0, reached = true; reached; crashAt += 1) {
      const { api, main } = createFakeJobdeck();
      const db = freshDatabase();
      submitAll(main);
      main.dropEvents();
      let left = crashAt;
      const step = () => {
        if (left-- === 0) throw new Error('Crashed.');
      };
      crashing(db, step);
      const crash = catchUp(crashingApi(api, step), db, 3);
      await crash.catch((error) => expect(error.message).toBe('Crashed.'));
      reached = left < 0;
      left = Number.POSITIVE_INFINITY;
      await catchUp(api, db, 3);
      expect(await readCounts(db)).toMatchObject({ active: jobs.length });
      expect(await readCounts(db)).toEqual(await countedReally(db));
      expect(await readCursor(db)).toEqual({ journalId: main.journalId, seq: main.head });
    }
  });

  it('does not miss what happens while the snapshot is read', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    main.dropEvents();
    const read = api.readSnapshot;
    let pages = 0;
    api.readSnapshot = async (request) => {
      const page = await read(request);
      pages += 1;
      if (pages === 2) finishAll(main);
      return page;
    };
    await catchUp(api, db, 3);
    expect(pages).toBeGreaterThan(2);
    expect(await readCounts(db)).toMatchObject({ completed: 6, failed: 1, active: 0 });
  });

  it('marks what the runner no longer knows as failed, whether it ran or waited', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    await catchUp(api, db);
    expect(new Set(await statuses(db))).toEqual(new Set(['pending', 'running']));
    main.loseEverything();
    await catchUp(api, db);
    for (const { job } of await db.jobs.toArray()) {
      expect(job).toMatchObject({ status: 'failed', stop_reason: 'error' });
      expect(job.completed_at).not.toBeNull();
      expect(job.metadata?.jobdeck).toMatchObject({ error: { code: 'interrupted' } });
      expect(job.metadata?.jobdeck?.attempts?.every(({ outcome }) => outcome === 'failed') ?? true).toBe(
        true,
      );
    }
    expect(await readCounts(db)).toMatchObject({ failed: jobs.length, active: 0 });
    expect(await readCursor(db)).toEqual({ journalId: main.journalId, seq: 0 });
  });

  it('leaves alone what ended, and what was never handed over', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    finishAll(main);
    await catchUp(api, db);
    const before = await db.jobs.toArray();
    main.loseEverything();
    await catchUp(api, db);
    expect(await db.jobs.toArray()).toEqual(before);
  });

  it('ends when the journal was set back to an older copy', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    main.slots = 1;
    submitAll(main);
    const setBack = main.copy();
    main.finish(id, 0);
    await catchUp(api, db);
    setBack();
    await catchUp(api, db);
    expect(await readCursor(db)).toEqual({ journalId: main.journalId, seq: main.head });
    expect((await jobById(db, id))?.status).toBe('completed');
  });
});

describe('an event', () => {
  it('of an old journal does not bring an ended job to life', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    const running = main.job(id);
    finishAll(main);
    await catchUp(api, db);
    await applyRecords(db, { journalId: 'another', head: 9 }, [{ seq: 9, job: running }], null);
    expect((await jobById(db, id))?.status).toBe('completed');
  });

  it('that is older than what the row stands at changes nothing', async () => {
    const { main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    const source = { journalId: 'journal', head: 9 };
    const pending = { ...main.job(id), status: 'pending' } as const;
    await applyRecords(db, source, [{ seq: 5, job: main.job(id) }], null);
    await applyRecords(db, source, [{ seq: 4, job: pending }], null);
    expect(await jobById(db, id)).toMatchObject({ status: 'running', seq: 5 });
  });

  it('leaves a job in the trash there, and brings none back that was deleted for good', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    finishAll(main);
    await catchUp(api, db);
    await trash(db, [id]);
    const { consumer } = consume(api, db);
    const pulled = consumer.pullNow();
    await purge(db, api, [id]);
    await pulled;
    await consumer.pullNow();
    consumer();
    expect(await jobById(db, id)).toBeUndefined();
  });

  it('that is under way when its job is deleted for good is waited for', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    submitAll(main);
    finishAll(main);
    const pull = api.pullOutbox;
    const page = await pull({ cursor: null, limit: 1000 });
    await catchUp(api, db);
    await trash(db, [id]);
    // As for a window that has not heard of any event: it pulls them all, and applies them after the deletion.
    await db.meta.delete('outbox-cursor');
    let purged: Promise<unknown> = Promise.resolve();
    api.pullOutbox = async () => {
      purged = purge(db, api, [id]);
      api.pullOutbox = pull;
      return page;
    };
    const { consumer, onProblem } = consume(api, db);
    await consumer.pullNow();
    expect(await purged).toEqual([id]);
    await consumer.pullNow();
    consumer();
    expect(await jobById(db, id)).toBeUndefined();
    expect(onProblem).not.toHaveBeenCalled();
  });
});

/** Logs each write of a row with the event it stands for: one that is there twice was applied twice. */
function recordWrites(db: JobdeckDatabase, log: string[]): string[] {
  db.jobs.hook('creating', (_, row) => {
    log.push(`${row.id}#${row.journalId}#${row.seq}`);
  });
  db.jobs.hook('updating', (changes, _, row) => {
    if ('seq' in changes) log.push(`${row.id}#${row.journalId}#${String(changes.seq)}`);
  });
  return log;
}

/** A step before each durable change, and one after it. */
function crashing(db: JobdeckDatabase, step: () => void): void {
  const change = db.change.bind(db);
  db.change = async (work) => {
    step();
    const done = await change(work);
    step();
    return done;
  };
}

/** A step before each call, as if it never arrived, and one after it, as if its answer got lost. */
function crashingApi(api: OutboxApi, step: () => void): OutboxApi {
  const around =
    <Request, Response>(call: (request: Request) => Promise<Response>) =>
    async (request: Request) => {
      step();
      const answer = await call(request);
      step();
      return answer;
    };
  return {
    pullOutbox: around(api.pullOutbox),
    acknowledgeOutbox: around(api.acknowledgeOutbox),
    readSnapshot: around(api.readSnapshot),
    findDeliveries: around(api.findDeliveries),
  };
}
