/** What every delivery store keeps of what the journal's writes say: the one in memory, and the one on disk. */
import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryState } from '#shared/callback/delivery.ts';
import type { DeliveryStore, ItemStore, Journal } from '../../src-main/core/ports.ts';
import { ended, pagesOf } from './item-store-contract.ts';
import { changeOf, draftOf, endOf } from './journal-contract.ts';
import { attempted, sampleDelivery, sampleDeliveryId, sampleTime } from './sample-deliveries.ts';

/** Over the same disk. */
export interface OpenedDeliveries {
  journal: Journal;
  deliveries: DeliveryStore;
  items: ItemStore;
  /** Closes all and opens the same again. */
  reopen(): Omit<OpenedDeliveries, 'reopen'>;
}

const idOf = (number: number) => draftOf('pending', number).jobId;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const idsOf = (deliveries: readonly Delivery[]) => deliveries.map(({ id }) => id);
const idsFor = (...wanted: number[]) => wanted.map(sampleDeliveryId);

export function testDeliveryStore(name: string, open: () => OpenedDeliveries): void {
  /** Deliveries of one job, of these numbers. */
  const ofFirstJob = (number: number, patch: Partial<Delivery> = {}) =>
    sampleDelivery(number, { jobId: idOf(1), ...patch });
  const endFirst = (delivery: Delivery) => ({
    event: { ...draftOf('completed', 1), deliveries: [delivery] },
    newDeliveries: [{ id: delivery.id, body: '{}' }],
  });

  describe(name, () => {
    it('has what was written with an event, and has it again when it is opened again', async () => {
      const opened = open();
      await opened.journal.append(endOf(1));
      for (const opening of [() => opened, opened.reopen]) {
        const { deliveries } = opening();
        expect(deliveries.find(sampleDeliveryId(1))).toEqual(sampleDelivery(1));
        expect(deliveries.body(sampleDeliveryId(1))).toBe('{"number":1}');
        expect(deliveries.ofJob(idOf(1))).toEqual([sampleDelivery(1)]);
        expect(deliveries.find(sampleDeliveryId(2))).toBeUndefined();
        expect(deliveries.body(sampleDeliveryId(2))).toBeUndefined();
        expect(deliveries.ofJob(idOf(2))).toEqual([]);
      }
    });

    it('has a delivery as it was changed last, and its body as it was made', async () => {
      const { journal, deliveries } = open();
      await journal.append(endOf(1));
      const failed = attempted(sampleDelivery(1));
      const delivered = attempted(failed, { state: 'delivered' });
      await journal.appendAll([changeOf(1, failed), changeOf(1, delivered)]);
      expect(deliveries.find(delivered.id)).toEqual(delivered);
      expect(deliveries.body(delivered.id)).toBe('{"number":1}');
    });

    it('takes a delivery that is made and changed in one go', async () => {
      const { journal, deliveries } = open();
      const stopped = sampleDelivery(1, { state: 'stopped', reason: 'Its owner stopped it.' });
      await journal.appendAll([endOf(1), changeOf(1, stopped)]);
      expect(deliveries.find(stopped.id)).toEqual(stopped);
      expect(deliveries.counts()).toEqual({ due: 0, untried: 0, held: 0 });
    });

    it('refuses all that belongs together where a new delivery has no body, and nothing else', async () => {
      const { journal, deliveries } = open();
      const [refused, written] = await Promise.allSettled([
        journal.appendAll([endOf(1), changeOf(2, sampleDelivery(2))]),
        journal.append(endOf(3)),
      ]);
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } });
      expect(written).toMatchObject({ status: 'fulfilled', value: { seq: 1 } });
      expect(idsOf(deliveries.page(null, null, 10))).toEqual(idsFor(3));
      expect(journal.find(idOf(1))).toBeUndefined();
      expect(journal.head()).toBe(1);
    });

    it('knows how many are due, were never tried and are held, whatever becomes of them', async () => {
      const opened = open();
      const { journal, deliveries } = opened;
      const held = sampleDelivery(2, { state: 'held', reason: 'Asks first.' });
      for (const write of [endOf(1), endOf(2, held), endOf(3)]) await journal.append(write);
      expect(deliveries.counts()).toEqual({ due: 2, untried: 2, held: 1 });
      const once = attempted(sampleDelivery(1));
      await journal.append(changeOf(1, once));
      expect(deliveries.counts()).toEqual({ due: 2, untried: 1, held: 1 });
      await journal.append(changeOf(2, sampleDelivery(2)));
      await journal.append(changeOf(1, attempted(once, { state: 'abandoned', reason: 'All failed.' })));
      expect(deliveries.counts()).toEqual({ due: 2, untried: 2, held: 0 });
      expect(opened.reopen().deliveries.counts()).toEqual({ due: 2, untried: 2, held: 0 });
    });

    it('forgets the deliveries of a job, whether or not the journal still has it', async () => {
      const { journal, deliveries } = open();
      await journal.append(endOf(1));
      await journal.append(changeOf(1, attempted(sampleDelivery(1), { state: 'delivered' })));
      await journal.append(endOf(2, sampleDelivery(2, { state: 'held', reason: 'Asks first.' })));
      await journal.append(endOf(3));
      journal.acknowledge(2);
      await journal.forget([idOf(1), idOf(2)]);
      expect(idsOf(deliveries.page(null, null, 10))).toEqual(idsFor(3));
      expect(deliveries.body(sampleDeliveryId(1))).toBeUndefined();
      expect(deliveries.counts()).toEqual({ due: 1, untried: 1, held: 0 });
    });

    describe('of each host', () => {
      it('says when the first of its deliveries is due, and nothing of hosts that have none', async () => {
        const { journal, deliveries } = open();
        const url = 'http://10.0.0.1:8080/b';
        await journal.append(endOf(5));
        await journal.append(endOf(3));
        await journal.append(endOf(4, sampleDelivery(4, { url })));
        await journal.append(endOf(6, sampleDelivery(6, { state: 'held', url: 'http://127.0.0.1/' })));
        await journal.append(endOf(7, sampleDelivery(7, { url: 'nonsense' })));
        expect(deliveries.hosts()).toEqual([
          { host: '', nextAttemptAt: sampleTime(7) },
          { host: '10.0.0.1:8080', nextAttemptAt: sampleTime(4) },
          { host: 'example.org', nextAttemptAt: sampleTime(3) },
        ]);
        await journal.append(changeOf(4, attempted(sampleDelivery(4, { url }), { state: 'delivered' })));
        await journal.append(changeOf(3, attempted(sampleDelivery(3))));
        expect(deliveries.hosts()).toEqual([
          { host: '', nextAttemptAt: sampleTime(7) },
          { host: 'example.org', nextAttemptAt: sampleTime(5) },
        ]);
        expect(idsOf(deliveries.sendable('', 5))).toEqual(idsFor(7));
      });

      it('gives those that are next in the order in which they are due, and then in which they were made', async () => {
        const { journal, deliveries } = open();
        for (const number of [4, 2, 3]) await journal.append(endOf(number));
        await journal.append(endOf(1, sampleDelivery(1, { nextAttemptAt: sampleTime(3) })));
        await journal.append(endOf(5, sampleDelivery(5, { url: 'https://example.com/' })));
        expect(idsOf(deliveries.sendable('example.org', 10))).toEqual(idsFor(2, 3, 1, 4));
        expect(idsOf(deliveries.sendable('example.org', 2))).toEqual(idsFor(2, 3));
        expect(deliveries.sendable('example.net', 2)).toEqual([]);
      });
    });

    describe('of the deliveries of a job to one URL', () => {
      const sendable = (deliveries: DeliveryStore) => idsOf(deliveries.sendable('example.org', 10));

      it('lets the oldest that is due be sent, and the next one once it is over, however that came', async () => {
        const { journal, deliveries } = open();
        for (const number of [1, 2, 3, 4]) await journal.append(endFirst(ofFirstJob(number)));
        expect(sendable(deliveries)).toEqual(idsFor(1));
        // It waits longer than those after it are to, and they wait for it.
        const failed = attempted(ofFirstJob(1));
        await journal.append(changeOf(1, failed));
        expect(sendable(deliveries)).toEqual(idsFor(1));
        await journal.append(changeOf(1, attempted(failed, { state: 'delivered' })));
        expect(sendable(deliveries)).toEqual(idsFor(2));
        await journal.append(changeOf(1, ofFirstJob(2, { state: 'held', reason: 'Asks first.' })));
        expect(sendable(deliveries)).toEqual(idsFor(3));
        await journal.append(changeOf(1, ofFirstJob(4, { state: 'stopped', reason: 'Its owner did.' })));
        await journal.append(changeOf(1, ofFirstJob(3, { state: 'abandoned', reason: 'All failed.' })));
        expect(sendable(deliveries)).toEqual([]);
      });

      it('lets those wait again that came after one that is due again', async () => {
        const opened = open();
        const { journal, deliveries } = opened;
        for (const number of [1, 2, 3]) await journal.append(endFirst(ofFirstJob(number)));
        await journal.append(changeOf(1, ofFirstJob(1, { state: 'stopped', reason: 'Its owner did.' })));
        await journal.append(changeOf(1, ofFirstJob(2, { state: 'stopped', reason: 'Its owner did.' })));
        expect(sendable(deliveries)).toEqual(idsFor(3));
        await journal.append(changeOf(1, ofFirstJob(2)));
        expect(sendable(deliveries)).toEqual(idsFor(2));
        await journal.append(changeOf(1, ofFirstJob(1)));
        expect(sendable(deliveries)).toEqual(idsFor(1));
        await journal.append(changeOf(1, attempted(ofFirstJob(1), { state: 'delivered' })));
        expect(sendable(opened.reopen().deliveries)).toEqual(idsFor(2));
      });

      it('lets no other job wait, and no other URL of the same host', async () => {
        const { journal, deliveries } = open();
        await journal.append(endFirst(ofFirstJob(1)));
        await journal.append(endFirst(ofFirstJob(2, { url: 'https://example.org/other' })));
        await journal.append(endOf(3));
        expect(sendable(deliveries)).toEqual(idsFor(1, 2, 3));
      });
    });

    it('gives the deliveries of a job, oldest first', async () => {
      const { journal, deliveries } = open();
      for (const [number, state] of [
        [3, 'delivered'],
        [1, 'due'],
        [2, 'stopped'],
      ] as const) {
        await journal.append(endFirst(ofFirstJob(number, { state })));
      }
      expect(idsOf(deliveries.ofJob(idOf(1)))).toEqual(idsFor(3, 1, 2));
    });

    it('gives them a page at a time, newest first, of one state or of all', async () => {
      const { journal, deliveries } = open();
      const stateOf = (number: number): DeliveryState => (number % 2 === 0 ? 'delivered' : 'due');
      for (const number of [5, 1, 2, 3, 4, 6]) {
        await journal.append(endOf(number, sampleDelivery(number, { state: stateOf(number) })));
      }
      expect(idsOf(deliveries.page(null, null, 4))).toEqual(idsFor(6, 5, 4, 3));
      expect(idsOf(deliveries.page(null, sampleDeliveryId(3), 4))).toEqual(idsFor(2, 1));
      expect(idsOf(deliveries.page('delivered', null, 2))).toEqual(idsFor(6, 4));
      expect(idsOf(deliveries.page('delivered', sampleDeliveryId(4), 2))).toEqual(idsFor(2));
      expect(deliveries.page('held', null, 2)).toEqual([]);
      // Where the last one of a page was forgotten since, the next page still follows it.
      await journal.forget([idOf(3)]);
      expect(idsOf(deliveries.page(null, sampleDeliveryId(3), 4))).toEqual(idsFor(2, 1));
    });

    it('gives those that are held because of an origin, oldest first', async () => {
      const { journal, deliveries } = open();
      const held = (number: number, url: string) =>
        journal.append(endOf(number, sampleDelivery(number, { url, state: 'held', reason: 'Asks first.' })));
      await held(3, 'http://127.0.0.1:8080/a');
      await held(1, 'http://127.0.0.1:8080/b?c');
      await held(2, 'http://127.0.0.1:8081/a');
      await held(4, 'https://127.0.0.1:8080/a');
      await journal.append(endOf(5, sampleDelivery(5, { url: 'http://127.0.0.1:8080/a' })));
      expect(idsOf(deliveries.heldFor('http://127.0.0.1:8080', 10))).toEqual(idsFor(3, 1));
      expect(idsOf(deliveries.heldFor('http://127.0.0.1:8080', 1))).toEqual(idsFor(3));
      expect(deliveries.heldFor('http://127.0.0.1:9', 10)).toEqual([]);
    });

    it('knows which origins were allowed and which URLs are gone', () => {
      const opened = open();
      const origin = 'http://127.0.0.1:8080';
      const url = 'https://example.org/done';
      expect([opened.deliveries.isAllowed(origin), opened.deliveries.isGone(url)]).toEqual([false, false]);
      opened.deliveries.allow([origin, 'http://10.0.0.1', origin]);
      opened.deliveries.allow([origin]);
      for (let times = 0; times < 2; times += 1) opened.deliveries.setGone(url, true);
      const { deliveries } = opened.reopen();
      expect([origin, 'http://10.0.0.1', 'http://127.0.0.1'].map(deliveries.isAllowed)).toEqual([
        true,
        true,
        false,
      ]);
      expect([url, 'https://example.org/'].map(deliveries.isGone)).toEqual([true, false]);
      deliveries.setGone(url, false);
      expect(deliveries.isGone(url)).toBe(false);
    });

    describe('of the items that are to be told', () => {
      it('gives those that ended and were not told, in the order in which they ended', async () => {
        const opened = open();
        const { items, journal, deliveries } = opened;
        await items.load(idOf(1), pagesOf([0, 1, 2, 3]));
        await items.load(idOf(2), pagesOf([0]));
        await items.load(idOf(3), pagesOf([0]));
        expect(deliveries.jobsWithUntoldItems()).toEqual([]);
        for (const index of [2, 0, 3]) await items.end(idOf(1), ended(index, 'completed'), true);
        await items.end(idOf(1), ended(1, 'pending'));
        await items.end(idOf(2), ended(0, 'failed'), true);
        expect(deliveries.untoldItems(idOf(1), 10)).toEqual([2, 0, 3]);
        expect(deliveries.untoldItems(idOf(1), 2)).toEqual([2, 0]);
        expect(new Set(deliveries.jobsWithUntoldItems())).toEqual(new Set([idOf(1), idOf(2)]));
        await journal.append({ ...endOf(1), toldItems: [0, 2, 7] });
        const again = opened.reopen();
        expect(again.deliveries.untoldItems(idOf(1), 10)).toEqual([3]);
        expect(again.deliveries.untoldItems(idOf(2), 10)).toEqual([0]);
        expect(again.deliveries.untoldItems(idOf(3), 10)).toEqual([]);
      });

      it('has none of a job whose items are forgotten', async () => {
        const { items, deliveries } = open();
        for (const number of numbers(2)) {
          await items.load(idOf(number), pagesOf([0]));
          await items.end(idOf(number), ended(0, 'completed'), true);
        }
        items.forget([idOf(1)]);
        expect(deliveries.jobsWithUntoldItems()).toEqual([idOf(2)]);
        expect(deliveries.untoldItems(idOf(1), 10)).toEqual([]);
      });
    });
  });
}
