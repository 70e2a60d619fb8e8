import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import { createDeliveryStore } from '../../../src-main/adapters/deliveries/delivery-store.ts';
import { isDelivery } from '../../../src-main/adapters/validators/index.ts';
import { changeOf, draftOf, endOf } from '../../fakes/journal-contract.ts';
import { attempted, sampleDelivery, sampleDeliveryId } from '../../fakes/sample-deliveries.ts';
import { openJournal, swept } from '../journal/harness.ts';

const idOf = (number: number) => draftOf('pending', number).jobId;
const idsOf = (deliveries: readonly { id: string }[]) => deliveries.map(({ id }) => id);
const idsFor = (...wanted: number[]) => wanted.map(sampleDeliveryId);
const writeOfJob = (jobNumber: number, number: number) =>
  endOfJob(jobNumber, sampleDelivery(number, { jobId: idOf(jobNumber) }));
const endOfJob = (jobNumber: number, delivery: ReturnType<typeof sampleDelivery>) => ({
  event: { ...draftOf('completed', jobNumber), deliveries: [delivery] },
  newDeliveries: [{ id: delivery.id, body: '{}' }],
});

describe('a delivery and its event', () => {
  it('are in one commit, in which another connection sees both or neither', async () => {
    const { journal, file } = openJournal();
    const reader = new DatabaseSync(file, { readOnly: true });
    const count = reader.prepare(
      `SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM deliveries) AS deliveries,
         (SELECT count(*) FROM delivery_bodies) AS bodies, (SELECT due FROM delivery_counts) AS due`,
    );
    const seen = new Set<string>();
    const look = () => seen.add(JSON.stringify(count.get()));
    const appends = Array.from({ length: 300 }, (_, index) => journal.append(endOf(index + 1)).then(look));
    look();
    await Promise.all(appends);
    reader.close();
    expect(seen.size).toBeGreaterThan(2);
    for (const text of seen) expect(new Set(Object.values(JSON.parse(text))).size).toBe(1);
  });

  it('are both refused where the disk is full, and counts and order stay as they were', async () => {
    const { journal, deliveries, sql, rows } = openJournal();
    for (const number of [1, 2]) await journal.append(writeOfJob(1, number));
    const pages = Number(rows('PRAGMA page_count')[0]?.page_count);
    sql(`PRAGMA max_page_count = ${pages}`);
    const large = endOf(3);
    const refused = await Promise.allSettled([
      journal.append(changeOf(1, attempted(sampleDelivery(1), { state: 'delivered' }))),
      journal.append({ ...large, newDeliveries: [{ id: sampleDeliveryId(3), body: 'x'.repeat(100_000) }] }),
    ]);
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'disk-full' } });
    sql('PRAGMA max_page_count = 1000000');
    expect(deliveries.counts()).toEqual({ due: 2, untried: 2, held: 0 });
    expect(idsOf(deliveries.sendable('example.org', 10))).toEqual(idsFor(1));
    expect(deliveries.find(sampleDeliveryId(3))).toBeUndefined();
  });

  it('keep the bytes of the body', async () => {
    const opened = openJournal();
    const body = JSON.stringify({ text: 'hé\u0000\ud83d\ude00\n'.repeat(1000) });
    await opened.journal.append({ ...endOf(1), newDeliveries: [{ id: sampleDeliveryId(1), body }] });
    opened.close();
    expect(openJournal(dirname(opened.file)).deliveries.body(sampleDeliveryId(1))).toBe(body);
  });
});

describe('a damaged delivery', () => {
  it.each([
    ['is not JSON', `record = '{"id":'`],
    ['is no delivery', `record = '{"state":"due"}'`],
    ['has an odd state', `record = json_set(record, '$.state', 'lost')`],
    ['says another state than its row', `record = json_set(record, '$.state', 'held')`],
    ['does not say when it is due', `record = json_set(record, '$.nextAttemptAt', NULL)`],
    ['has another URL than its row', `record = json_set(record, '$.url', 'http://169.254.169.254/')`],
    ['is another one', `record = json_set(record, '$.id', 'msg_${'0'.repeat(32)}')`],
    ['is of another job', `record = json_set(record, '$.jobId', '${idOf(9)}')`],
  ])('that %s is named once, and neither its host nor its job waits behind it', async (_, damage) => {
    const opened = openJournal();
    const { journal, deliveries, sql, problems } = opened;
    for (const number of [1, 2]) await journal.append(writeOfJob(1, number));
    for (const number of [3, 4]) await journal.append(endOf(number));
    sql(`UPDATE deliveries SET ${damage} WHERE id = '${sampleDeliveryId(1)}'`);
    expect(idsOf(deliveries.sendable('example.org', 1))).toEqual(idsFor(3));
    expect(idsOf(deliveries.sendable('example.org', 10))).toEqual(idsFor(2, 3, 4));
    expect(deliveries.hosts()).toEqual([
      { host: 'example.org', nextAttemptAt: sampleDelivery(2).nextAttemptAt },
    ]);
    expect(deliveries.counts()).toEqual({ due: 3, untried: 3, held: 0 });
    expect(deliveries.find(sampleDeliveryId(1))).toBeUndefined();
    expect(idsOf(deliveries.page(null, null, 10))).toEqual(idsFor(4, 3, 2));
    expect(idsOf(deliveries.ofJob(idOf(1)))).toEqual(idsFor(2));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`Delivery ${sampleDeliveryId(1)} of ${idOf(1)}`);

    // Nor does the journal keep its job for it.
    await journal.append(
      changeOf(1, attempted(sampleDelivery(2, { jobId: idOf(1) }), { state: 'delivered' })),
    );
    journal.acknowledge(journal.head());
    await swept(opened);
    expect(journal.find(idOf(1))).toBeUndefined();
    await journal.forget([idOf(1)]);
    expect(opened.rows('SELECT count(*) AS count FROM deliveries')).toEqual([{ count: 2 }]);
    expect(opened.rows('SELECT count(*) AS count FROM delivery_bodies')).toEqual([{ count: 2 }]);
  });

  it('that can not be set aside because the disk is full is left out all the same, and that is told', async () => {
    const { journal, deliveries, sql, rows, problems } = openJournal();
    for (const number of [1, 2]) await journal.append(endOf(number));
    sql(`UPDATE deliveries SET record = 'x' WHERE id = '${sampleDeliveryId(1)}'`);
    sql('CREATE TABLE filler (text TEXT); PRAGMA wal_checkpoint(TRUNCATE)');
    sql(
      `CREATE TRIGGER full BEFORE UPDATE ON delivery_counts BEGIN INSERT INTO filler VALUES (zeroblob(100000)); END`,
    );
    sql(`PRAGMA max_page_count = ${Number(rows('PRAGMA page_count')[0]?.page_count)}`);
    expect(idsOf(deliveries.sendable('example.org', 10))).toEqual(idsFor(2));
    expect(problems).toEqual([
      expect.stringContaining(sampleDeliveryId(1)),
      expect.stringContaining('make room'),
    ]);
    sql('PRAGMA max_page_count = 1000000');
    expect(idsOf(deliveries.sendable('example.org', 10))).toEqual(idsFor(2));
    expect(deliveries.counts()).toEqual({ due: 1, untried: 1, held: 0 });
  });

  it('in an event of the outbox leaves that event out, and the rest stays readable', async () => {
    const { journal, sql, problems } = openJournal();
    for (const number of [1, 2, 3]) await journal.append(endOf(number));
    sql(
      `UPDATE events SET deliveries = '[{}]' WHERE seq = 1; UPDATE events SET deliveries = '{' WHERE seq = 2`,
    );
    expect(journal.eventsAfter(0, 10).map(({ seq }) => seq)).toEqual([3]);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('Event 1');
  });
});

describe('many deliveries', () => {
  it('are found through indexes alone, whatever is asked', () => {
    const { database } = openJournal();
    const asked: string[] = [];
    const sqlite = new Proxy(database.sqlite, {
      get(target, name) {
        if (name !== 'prepare') return Reflect.get(target, name);
        return (query: string) => {
          asked.push(query);
          return target.prepare(query);
        };
      },
    });
    createDeliveryStore({ ...database, sqlite }, { isDelivery, onProblem: () => {} });
    const plans = asked.flatMap((query) =>
      database.sqlite
        .prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all()
        .map(({ detail }) => ({ query, detail: String(detail) })),
    );
    expect(plans.length).toBeGreaterThan(asked.length / 2);
    // One row; and what is read whole when the store is opened, or only asked whether it has a row.
    const small = 'delivery_counts|callback_origins|callback_gone';
    const slow = plans.filter(({ detail }) => RegExp(`^SCAN (?!(${small})$)|TEMP B-TREE`, 'u').test(detail));
    expect(slow).toEqual([]);
    // Their order is the index's: nothing is read that is not given.
    expect(plans.map(({ detail }) => detail)).toContain(
      'SEARCH deliveries USING INDEX deliveries_sendable (host=?)',
    );
  });

  it('with long answers come with their jobs in pages that are bounded, of each job the newest', async () => {
    const { journal } = openJournal();
    const attempts = Array.from({ length: 20 }, (_, index) => ({
      ...attempted(sampleDelivery(1)).attempts[0],
      number: index + 1,
      answer: 'x'.repeat(4096),
    }));
    const append = (jobNumber: number, number: number) => {
      const patch = { jobId: idOf(jobNumber), attempts } as Partial<Delivery>;
      return journal.append(endOfJob(jobNumber, sampleDelivery(number, patch)));
    };
    const [first = 0, second = 0] = [1, 2].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));
    await Promise.all(Array.from({ length: 250 }, (_, index) => append(first, index + 1)));
    await append(second, 251);
    const page = journal.jobsAfter(null, 10);
    expect(page.map(({ job }) => job.id)).toEqual([idOf(first)]);
    const given = page[0]?.deliveries ?? [];
    expect(JSON.stringify(given).length).toBeLessThan(16.1 * 1024 * 1024);
    expect(given.length).toBeGreaterThan(150);
    expect(idsOf(given)).toEqual(idsFor(...Array.from(given, (_, index) => 251 - given.length + index)));
    expect(journal.jobsAfter(idOf(first), 10).map(({ job }) => job.id)).toEqual([idOf(second)]);
  });

  it('of one job are forgotten in steps, between which the event loop has its turns', async () => {
    const { journal, deliveries, rows } = openJournal();
    const numbers = Array.from({ length: 2000 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => journal.append(writeOfJob(1, number))));
    let turns = 0;
    let isOver = false;
    const countTurns = () => {
      turns += 1;
      if (!isOver) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await journal.forget([idOf(1)]);
    isOver = true;
    expect(turns).toBeGreaterThan(2000 / 256 - 1);
    expect(deliveries.counts()).toEqual({ due: 0, untried: 0, held: 0 });
    expect(rows('SELECT count(*) AS count FROM deliveries')).toEqual([{ count: 0 }]);
    expect(rows('SELECT count(*) AS count FROM delivery_bodies')).toEqual([{ count: 0 }]);
  });

  it('of a job that is submitted anew while they are forgotten end that: the job stays', async () => {
    const { journal, deliveries, rows } = openJournal();
    const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => journal.append(writeOfJob(1, number))));
    const forgotten = journal.forget([idOf(1)]);
    const { seq } = await journal.append({ event: draftOf('pending', 1) });
    await forgotten;
    expect(journal.activeJobs()).toMatchObject([{ seq, job: { id: idOf(1) } }]);
    // What is left of them is known, so that the job can be dropped when they are over.
    const { due } = deliveries.counts();
    expect(due).toBeLessThan(20);
    expect(rows('SELECT open FROM jobs')).toEqual([{ open: due }]);
  });
});
