/** What every journal keeps: the one in memory that the core is tested with, and the one on disk. */
import { describe, expect, it } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob, JobStatus } from '#shared/job/batch-job.ts';
import type { JobEventDraft, JobEventType } from '#shared/job/events.ts';
import type { Journal, JournalWrite } from '../../src-main/core/ports.ts';
import { attempted, sampleDelivery } from './sample-deliveries.ts';
import { sampleJobIn } from './sample-jobs.ts';

export interface OpenedJournal {
  journal: Journal;
  /** Closes it and opens the same again. */
  reopen(): Journal;
  /** Resolves when housekeeping is over. */
  swept(): Promise<void>;
}

const EVENT_OF: Record<JobStatus, JobEventType> = {
  created: 'submitted',
  pending: 'submitted',
  running: 'started',
  completed: 'ended',
  failed: 'ended',
  cancelled: 'ended',
  expired: 'ended',
};

/** What would be written when the sample of this number comes to this status. */
export function draftOf(status: JobStatus, number: number): JobEventDraft {
  const job = sampleJobIn(status, number);
  return { type: EVENT_OF[status], jobId: job.id, at: job.updated_at ?? job.created_at, job };
}

/** The end of a job that makes its first delivery, which has the same number. */
export function endOf(number: number, delivery = sampleDelivery(number)): JournalWrite {
  const event = { ...draftOf('completed', number), deliveries: [delivery] };
  return { event, newDeliveries: [{ id: delivery.id, body: `{"number":${number}}` }] };
}

/** A change of a delivery of an ended job. */
export function changeOf(number: number, delivery: Delivery): JournalWrite {
  return { event: { ...draftOf('completed', number), type: 'callback-recorded', deliveries: [delivery] } };
}

const idOf = (number: number) => draftOf('pending', number).jobId;

export function testJournal(name: string, open: () => OpenedJournal): void {
  describe(name, () => {
    it('numbers events from 1, without a gap, in the order of the appends', async () => {
      const { journal } = open();
      const drafts = [1, 2, 3, 4, 5].map((number) => draftOf('pending', number));
      const events = await Promise.all(drafts.map((event) => journal.append({ event })));
      expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      expect(events.map(({ jobId }) => jobId)).toEqual(drafts.map(({ jobId }) => jobId));
      expect(journal.head()).toBe(5);
      expect(journal.eventsAfter(0, 10)).toEqual(events);
      expect(journal.eventsAfter(2, 2).map(({ seq }) => seq)).toEqual([3, 4]);
    });

    it('has everything again when it is opened again', async () => {
      const opened = open();
      await opened.journal.append({ event: draftOf('pending', 1) });
      await opened.journal.append(endOf(1));
      await opened.journal.append({ event: draftOf('running', 2) });
      const before = opened.journal.eventsAfter(0, 10);
      const { journalId } = opened.journal;
      const journal = opened.reopen();
      expect(journal.journalId).toBe(journalId);
      expect(journal.eventsAfter(0, 10)).toEqual(before);
      expect(journal.activeJobs().map(({ job }) => job.id)).toEqual([idOf(2)]);
      expect(journal.callbacksDue()).toEqual([]);
      expect(journal.find(idOf(1))).toMatchObject({ seq: 2, job: { status: 'completed' } });
      expect(journal.find(idOf(3))).toBeUndefined();
    });

    it('gives active jobs in the order of submission, whatever happened to them since', async () => {
      const { journal } = open();
      for (const number of [3, 1, 2]) await journal.append({ event: draftOf('pending', number) });
      for (const number of [1, 3]) await journal.append({ event: draftOf('running', number) });
      expect(journal.activeJobs().map(({ job }) => [job.id, job.status])).toEqual([
        [idOf(3), 'running'],
        [idOf(1), 'running'],
        [idOf(2), 'pending'],
      ]);
    });

    it('takes changes that belong together in one go, numbered in their order', async () => {
      const opened = open();
      const { journal } = opened;
      const [first, events] = await Promise.all([
        journal.append({ event: draftOf('pending', 1) }),
        journal.appendAll([
          { event: draftOf('running', 1) },
          { event: draftOf('pending', 2) },
          { event: { ...draftOf('pending', 2), type: 'updated' } },
        ]),
      ]);
      expect([first, ...events].map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'submitted'],
        [2, 'started'],
        [3, 'submitted'],
        [4, 'updated'],
      ]);
      expect(journal.head()).toBe(4);
      expect(opened.reopen().eventsAfter(1, 10)).toEqual(events);
    });

    it('knows the place of a job: where it was submitted, or as it was moved', async () => {
      const opened = open();
      for (const number of [1, 2, 3]) await opened.journal.append({ event: draftOf('pending', number) });
      await opened.journal.setPosition(idOf(3), 1.5);
      await opened.journal.append({ event: { ...draftOf('pending', 3), type: 'updated' } });
      await opened.journal.append({ event: { ...draftOf('pending', 2), type: 'updated' } });
      for (const openedJournal of [() => opened.journal, opened.reopen]) {
        const journal = openedJournal();
        expect(journal.activeJobs().map(({ job, position }) => [job.id, position])).toEqual([
          [idOf(1), 1],
          [idOf(2), 2],
          [idOf(3), 1.5],
        ]);
        expect(journal.find(idOf(3))?.position).toBe(1.5);
      }
    });

    it('gives what an event says of deliveries with it, and nothing where it says nothing', async () => {
      const opened = open();
      await opened.journal.append({ event: draftOf('pending', 1) });
      const ended = await opened.journal.append(endOf(1));
      await opened.journal.append({ event: { ...draftOf('completed', 2), deliveries: [] } });
      expect(ended.deliveries).toEqual([sampleDelivery(1)]);
      for (const opening of [() => opened.journal, opened.reopen]) {
        const events = opening().eventsAfter(0, 10);
        expect(events[1]).toEqual(ended);
        expect(events.map((event) => event.deliveries)).toEqual([undefined, [sampleDelivery(1)], []]);
      }
    });

    it('gives the deliveries of each job with it, as they are now', async () => {
      const { journal } = open();
      await journal.append(endOf(1));
      await journal.append({ event: draftOf('pending', 2) });
      const failed = attempted(sampleDelivery(1));
      await journal.append(changeOf(1, failed));
      const found = new Map(journal.jobsAfter(null, 10).map(({ job, deliveries }) => [job.id, deliveries]));
      expect(found.get(idOf(1))).toEqual([failed]);
      expect(found.get(idOf(2))).toEqual([]);
      // It goes to the window as it is, and that refuses what its schema does not know.
      const [first] = journal.jobsAfter(null, 1);
      expect(Object.keys(first ?? {}).sort()).toEqual(['deliveries', 'job', 'seq']);
    });

    it('drops on acknowledgement what no one needs any more, and keeps the rest', async () => {
      const opened = open();
      const { journal } = opened;
      await journal.append({ event: draftOf('pending', 1) });
      await journal.append({ event: draftOf('pending', 2) });
      await journal.append({ event: draftOf('completed', 1) });
      await journal.append(endOf(3));
      await journal.append(endOf(5, sampleDelivery(5, { state: 'held', reason: 'Asks first.' })));
      await journal.append({ event: draftOf('pending', 4) });
      journal.acknowledge(5);
      await opened.swept();
      expect(journal.floor()).toBe(5);
      expect(journal.eventsAfter(5, 10).map(({ seq }) => seq)).toEqual([6]);
      // Ended and applied: gone. Waiting, or with a delivery that is open: kept.
      expect(journal.find(idOf(1))).toBeUndefined();
      const again = opened.reopen();
      expect(again.floor()).toBe(5);
      expect(again.activeJobs().map(({ job }) => job.id)).toEqual([idOf(2), idOf(4)]);
      expect(again.find(idOf(3))?.seq).toBe(4);
      expect(again.find(idOf(5))?.seq).toBe(5);
    });

    it('drops an ended job once its last open delivery is over', async () => {
      const opened = open();
      const { journal } = opened;
      const two = [1, 2].map((number) => sampleDelivery(number, { jobId: idOf(1) }));
      await journal.append({
        event: { ...draftOf('completed', 1), deliveries: two },
        newDeliveries: two.map(({ id }) => ({ id, body: '{}' })),
      });
      const [first, second] = two.map((delivery) => attempted(delivery, { state: 'delivered' }));
      for (const [delivery, isKept] of [
        [first, true],
        [second, false],
      ] as const) {
        await journal.append(changeOf(1, delivery as Delivery));
        journal.acknowledge(journal.head());
        await opened.swept();
        expect(journal.find(idOf(1)) !== undefined).toBe(isKept);
      }
    });

    it('takes back as ended a job that it dropped, when its callback is sent again', async () => {
      const opened = open();
      const { journal } = opened;
      const delivered = attempted(sampleDelivery(1), { state: 'delivered' });
      await journal.append(endOf(1));
      await journal.append(changeOf(1, delivered));
      journal.acknowledge(journal.head());
      await opened.swept();
      expect(journal.find(idOf(1))).toBeUndefined();
      const again = { ...delivered, state: 'due', nextAttemptAt: delivered.updatedAt } as const;
      const { seq } = await journal.append(changeOf(1, again));
      expect(journal.find(idOf(1))).toMatchObject({ seq, job: { status: 'completed' } });
      expect(journal.activeJobs()).toEqual([]);
      expect(journal.jobsAfter(null, 10).map(({ deliveries }) => deliveries)).toEqual([[again]]);
      journal.acknowledge(journal.head());
      await opened.swept();
      expect(opened.reopen().find(idOf(1))?.seq).toBe(seq);
    });

    it('goes on with a job whose earlier events are dropped', async () => {
      const opened = open();
      await opened.journal.append({ event: draftOf('pending', 1) });
      opened.journal.acknowledge(1);
      await opened.swept();
      const journal = opened.reopen();
      await journal.append({ event: draftOf('running', 1) });
      expect(journal.activeJobs()).toMatchObject([{ seq: 2, job: { status: 'running' } }]);
      await journal.append({ event: draftOf('completed', 1) });
      expect(journal.eventsAfter(1, 10).map(({ seq }) => seq)).toEqual([2, 3]);
      journal.acknowledge(3);
      await opened.swept();
      expect(journal.jobsAfter(null, 10)).toEqual([]);
    });

    it('never gives a number twice, not even after the newest event is gone', async () => {
      const opened = open();
      await opened.journal.append({ event: draftOf('completed', 1) });
      await opened.journal.append({ event: draftOf('completed', 2) });
      await opened.journal.forget([idOf(2)]);
      const journal = opened.reopen();
      expect(journal.head()).toBe(2);
      expect((await journal.append({ event: draftOf('pending', 3) })).seq).toBe(3);
    });

    it('is not lowered by an earlier acknowledgement', async () => {
      const { journal } = open();
      for (const number of [1, 2, 3]) await journal.append({ event: draftOf('pending', number) });
      journal.acknowledge(3);
      journal.acknowledge(1);
      expect(journal.floor()).toBe(3);
    });

    it('forgets a job with all its events', async () => {
      const { journal } = open();
      await journal.append({ event: draftOf('pending', 1) });
      await journal.append(endOf(1));
      await journal.append({ event: draftOf('pending', 2) });
      await journal.forget([idOf(1)]);
      expect(journal.find(idOf(1))).toBeUndefined();
      expect(journal.eventsAfter(0, 10).map(({ jobId }) => jobId)).toEqual([idOf(2)]);
    });

    it('gives all jobs a page at a time in the order of their ids', async () => {
      const { journal } = open();
      const numbers = Array.from({ length: 7 }, (_, index) => index + 1);
      for (const number of numbers) await journal.append({ event: draftOf('pending', number) });
      const pages: BatchJob[][] = [];
      let after: BatchJob['id'] | null = null;
      for (;;) {
        const page: BatchJob[] = journal.jobsAfter(after, 3).map(({ job }) => job);
        if (page.length === 0) break;
        pages.push(page);
        after = page.at(-1)?.id ?? null;
      }
      expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
      expect(pages.flat().map(({ id }) => id)).toEqual(numbers.map(idOf).sort());
    });
  });
}
