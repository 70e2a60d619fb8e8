import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES, type Delivery, type DeliveryState } from '#shared/callback/delivery.ts';
import { applyRecords } from '../../../../src-renderer/db/apply-records.ts';
import { purge, trash } from '../../../../src-renderer/db/commands.ts';
import { noDeliveryCounts, readCounts, readDeliveryCounts } from '../../../../src-renderer/db/counters.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import {
  type DeliveryCursor,
  type DeliveryView,
  deliveriesOfJob,
  deliveriesPage,
  deliveryHosts,
} from '../../../../src-renderer/db/delivery-queries.ts';
import { settleLostDeliveries } from '../../../../src-renderer/db/settle-lost-deliveries.ts';
import { catchUp } from '../../../../src-renderer/sync/pull.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { historyDelivery } from '../../../fakes/history-deliveries.ts';
import { sampleJob, sampleJobIn, seededRandom } from '../../../fakes/sample-jobs.ts';
import { countedReally, freshDatabase } from '../support.ts';

const source = { journalId: 'journal', head: 1000 };
const ALL: DeliveryView = { state: null, host: null, text: '', sinceMs: null };

/** As if the runner had told of them, each with an event of its own. */
function told(db: JobdeckDatabase, deliveries: readonly Delivery[], firstSeq = 1) {
  const records = deliveries.map((delivery, index) => ({
    seq: firstSeq + index,
    job: jobOf(delivery),
    deliveries: [delivery],
  }));
  return applyRecords(db, source, records, null);
}

function jobOf({ jobId }: Delivery) {
  for (let index = 0; index < 40; index += 1) {
    const job = sampleJobIn('completed', index);
    if (job.id === jobId) return job;
  }
  throw new Error(`Expected ${jobId} to be a sample.`);
}

async function idsOf(db: JobdeckDatabase, view: Partial<DeliveryView>, limit = 3): Promise<string[]> {
  const ids: string[] = [];
  let before: DeliveryCursor | null = null;
  do {
    const page: Awaited<ReturnType<typeof deliveriesPage>> = await deliveriesPage(
      db,
      { ...ALL, ...view },
      { before, limit },
    );
    ids.push(...page.rows.map((row) => row.id));
    before = page.next;
  } while (before !== null);
  return ids;
}

async function countedDeliveries(db: JobdeckDatabase) {
  const counts = noDeliveryCounts();
  for (const row of await db.deliveries.toArray()) counts[row.state] += 1;
  return counts;
}

describe('a delivery that is told of', () => {
  it('is kept beside its job, under the name that the job has', async () => {
    const db = freshDatabase();
    const delivery = historyDelivery(0, { url: 'https://example.org:8443/hooks?x=1' });
    await told(db, [delivery]);
    expect(await db.deliveries.get(delivery.id)).toMatchObject({
      jobId: sampleJob(0).id,
      jobName: 'Checksum photos',
      host: 'example.org:8443',
      state: 'due',
      journalId: 'journal',
      seq: 1,
      delivery,
    });
    expect(await db.jobs.count()).toBe(1);
  });

  it('twice changes nothing, and an older event changes nothing', async () => {
    const db = freshDatabase();
    const due = historyDelivery(0);
    const delivered = { ...due, state: 'delivered' } as const;
    await told(db, [due], 4);
    await told(db, [delivered], 5);
    await told(db, [due], 4);
    await told(db, [delivered], 5);
    expect((await db.deliveries.get(due.id))?.state).toBe('delivered');
    expect(await readDeliveryCounts(db)).toEqual({ ...noDeliveryCounts(), delivered: 1 });
  });

  it('is taken as the newest of a page says, whatever the order in it', async () => {
    const db = freshDatabase();
    const due = historyDelivery(0);
    const job = jobOf(due);
    const held = { ...due, state: 'held', reason: 'It leads to this computer.' } as const;
    await applyRecords(
      db,
      source,
      [
        { seq: 3, job, deliveries: [held] },
        { seq: 2, job, deliveries: [due] },
      ],
      null,
    );
    expect((await db.deliveries.get(due.id))?.delivery).toEqual(held);
  });

  it('is written with its job or not at all', async () => {
    const db = freshDatabase();
    const stop = () => {
      throw new Error('No.');
    };
    db.deliveries.hook('creating', stop);
    await expect(told(db, [historyDelivery(0)])).rejects.toThrow('No.');
    db.deliveries.hook('creating').unsubscribe(stop);
    expect(await db.jobs.count()).toBe(0);
    expect(await readDeliveryCounts(db)).toEqual(noDeliveryCounts());
  });

  it('by an old journal that is back does not become open again', async () => {
    const db = freshDatabase();
    const due = historyDelivery(0);
    await told(db, [{ ...due, state: 'delivered' }], 9);
    const record = { seq: 2, job: jobOf(due), deliveries: [due] };
    await applyRecords(db, { journalId: 'another', head: 2 }, [record], null);
    expect((await db.deliveries.get(due.id))?.state).toBe('delivered');
  });

  it('is gone for good with its job, and not before', async () => {
    const db = freshDatabase();
    const { api } = createFakeJobdeck();
    const kept = historyDelivery(2);
    await told(db, [historyDelivery(0), historyDelivery(0, { number: 7 }), kept]);
    await trash(db, [sampleJob(0).id]);
    expect(await db.deliveries.count()).toBe(3);
    await purge(db, api, [sampleJob(0).id]);
    expect(await idsOf(db, {})).toEqual([kept.id]);
    expect(await readDeliveryCounts(db)).toEqual({ ...noDeliveryCounts(), due: 1 });
  });
});

describe('the outbox', () => {
  it('brings each change of a delivery, and the snapshot what it missed', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const job = { ...sampleJob(0), callback_url: 'http://127.0.0.1:9/' };
    main.submit({ jobs: [job], consent: 'author' });
    await catchUp(api, db);
    expect(await db.deliveries.count()).toBe(0);
    main.finish(job.id);
    await catchUp(api, db);
    const { rows } = await deliveriesOfJob(db, job.id, 9);
    expect(rows).toMatchObject([{ state: 'delivered', delivery: { attempts: [{ statusCode: 200 }] } }]);

    const fresh = freshDatabase();
    const again = { ...sampleJob(1), callback_url: 'http://127.0.0.1:9/' };
    main.submit({ jobs: [again], consent: 'author' });
    main.finish(again.id);
    main.callbacks.send([{ jobId: again.id, job: null, deliveryId: null, url: null }]);
    main.dropEvents();
    await catchUp(api, fresh);
    expect((await deliveriesOfJob(fresh, again.id, 9)).rows.map((row) => row.state).sort()).toEqual([
      'delivered',
      'due',
    ]);
  });

  it('that knows nothing of an open delivery any more stops it, with a reason', async () => {
    const { api, main } = createFakeJobdeck();
    const db = freshDatabase();
    const job = { ...sampleJob(0), callback_url: 'http://127.0.0.1:9/' };
    main.submit({ jobs: [job], consent: 'author' });
    main.finish(job.id);
    main.callbacks.send([{ jobId: job.id, job: null, deliveryId: null, url: null }]);
    await catchUp(api, db);
    expect(await readDeliveryCounts(db)).toMatchObject({ due: 1, delivered: 1 });
    main.loseEverything();
    await catchUp(api, db);
    const { rows } = await deliveriesOfJob(db, job.id, 9);
    expect(rows.map((row) => row.state).sort()).toEqual(['delivered', 'stopped']);
    const lost = rows.find((row) => row.state === 'stopped');
    expect(lost?.delivery).toMatchObject({
      nextAttemptAt: null,
      reason: expect.stringContaining('no record'),
    });
  });
});

describe('the log of callbacks', () => {
  const states = DELIVERY_STATES;
  const many = Array.from({ length: 24 }, (_, index) =>
    historyDelivery(index % 6, {
      number: index,
      state: states[index % states.length] as DeliveryState,
      url: index % 2 === 0 ? 'https://a.test/hooks' : 'http://127.0.0.1:8080/done',
    }),
  );
  const newestFirst = (deliveries: readonly Delivery[]) =>
    [...deliveries].sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)).map(({ id }) => id);

  it('is paged newest change first, by state, by host, by both and by time', async () => {
    const db = freshDatabase();
    await told(db, many);
    const of = (test: (delivery: Delivery) => boolean) => newestFirst(many.filter(test));
    expect(await idsOf(db, {})).toEqual(of(() => true));
    expect(await idsOf(db, { state: 'held' })).toEqual(of(({ state }) => state === 'held'));
    expect(await idsOf(db, { host: 'a.test' })).toEqual(of(({ url }) => url.includes('a.test')));
    expect(await idsOf(db, { host: 'a.test', state: 'held' })).toEqual(
      of(({ url, state }) => url.includes('a.test') && state === 'held'),
    );
    const since = many[12]?.updatedAt ?? '';
    const sinceMs = Date.parse(since);
    expect(await idsOf(db, { sinceMs })).toEqual(of(({ updatedAt }) => updatedAt >= since));
    expect(await idsOf(db, { sinceMs, state: 'due', host: '127.0.0.1:8080' })).toEqual(
      of(({ updatedAt, state, url }) => updatedAt >= since && state === 'due' && url.includes('127')),
    );
  });

  it('is searched by words of the job and of the URL, by ids, and within the other filters', async () => {
    const db = freshDatabase();
    await told(db, many);
    const photos = newestFirst(
      many.filter(({ jobId }) => jobId === sampleJob(0).id || jobId === sampleJob(5).id),
    );
    expect(await idsOf(db, { text: 'photos' })).toEqual(photos);
    expect(await idsOf(db, { text: 'checksum HOOKS' })).toEqual(
      photos.filter((id) => many.find((each) => each.id === id)?.url.includes('hooks')),
    );
    expect(await idsOf(db, { text: 'http://127.0.0.1:8080/done' })).toHaveLength(12);
    expect(await idsOf(db, { text: sampleJob(1).id })).toHaveLength(4);
    expect(await idsOf(db, { text: many[3]?.id ?? '' })).toEqual([many[3]?.id]);
    expect(await idsOf(db, { text: 'photos', state: 'due' })).toEqual(
      photos.filter((id) => many.find((each) => each.id === id)?.state === 'due'),
    );
    expect(await idsOf(db, { text: 'nowhere' })).toEqual([]);
  });

  it('reads on page by page where a word is in many rows', async () => {
    const db = freshDatabase();
    const crowd = Array.from({ length: 2600 }, (_, index) => historyDelivery(index % 6, { number: index }));
    await told(db, crowd);
    const found = await idsOf(db, { text: 'nightly' }, 100);
    expect(found).toEqual(newestFirst(crowd.filter(({ jobId }) => jobId === sampleJob(2).id)));
    expect(await idsOf(db, { text: 'hooks' }, 700)).toHaveLength(2600);
  });

  it('knows the hosts there are, each once', async () => {
    const db = freshDatabase();
    await told(db, [...many, historyDelivery(0, { number: 99, url: 'https://b.test/' })]);
    expect(await deliveryHosts(db, 10)).toEqual(['127.0.0.1:8080', 'a.test', 'b.test']);
    expect(await deliveryHosts(db, 2)).toEqual(['127.0.0.1:8080', 'a.test']);
  });

  it('of one job is the newest first, and says whether there are more', async () => {
    const db = freshDatabase();
    await told(db, many);
    const own = many.filter(({ jobId }) => jobId === sampleJob(1).id).map(({ id }) => id);
    const { rows, hasMore } = await deliveriesOfJob(db, sampleJob(1).id, 3);
    expect(rows.map((row) => row.id)).toEqual(own.toReversed().slice(0, 3));
    expect(hasMore).toBe(true);
    expect((await deliveriesOfJob(db, sampleJob(1).id, 4)).hasMore).toBe(false);
  });
});

it.each([1, 2, 3])('the counters are what counting gives after any changes (seed %d)', async (seed) => {
  const db = freshDatabase();
  const { api } = createFakeJobdeck();
  const random = seededRandom(seed);
  const upTo = (end: number) => Math.floor(random() * end);
  let seq = 0;
  const some = () => {
    const deliveries = Array.from({ length: 1 + upTo(6) }, () => {
      const number = upTo(30);
      const state = DELIVERY_STATES[upTo(DELIVERY_STATES.length)] ?? 'due';
      return historyDelivery(number % 6, { number, state });
    });
    seq += deliveries.length;
    return { deliveries, first: seq - deliveries.length + 1 };
  };
  const operations = [
    async () => {
      const { deliveries, first } = some();
      await told(db, deliveries, first);
    },
    async () => {
      const known = new Map(some().deliveries.map((delivery) => [delivery.id, delivery]));
      await settleLostDeliveries(db, async (ids) => ({
        journalId: 'another',
        head: seq,
        deliveries: ids.flatMap((id) => known.get(id) ?? []),
      }));
    },
    async () => {
      const { id } = sampleJob(upTo(6));
      await trash(db, [id]);
      await purge(db, api, [id]);
    },
  ];
  for (let step = 0; step < 60; step += 1) {
    await operations[upTo(operations.length)]?.();
    expect(await readDeliveryCounts(db)).toEqual(await countedDeliveries(db));
  }
  expect(await readCounts(db)).toEqual(await countedReally(db));
});
