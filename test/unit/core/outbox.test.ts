import { describe, expect, it } from 'vitest';
import type { SnapshotPage } from '#shared/contract/outbox.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createOutbox } from '../../../src-main/core/outbox.ts';
import { draftOf, endOf } from '../../fakes/journal-contract.ts';
import { openMemoryDeliveries } from '../../fakes/memory-delivery-store.ts';
import { type MemoryJournal, openMemoryJournal } from '../../fakes/memory-journal.ts';
import { sampleDelivery } from '../../fakes/sample-deliveries.ts';

const outboxOf = (journal: MemoryJournal) =>
  createOutbox(journal, openMemoryDeliveries(journal.disk.deliveries));

async function filled(events: number) {
  const journal = openMemoryJournal();
  for (let number = 1; number <= events; number += 1) {
    await journal.append({ event: draftOf('pending', number) });
  }
  return { journal, outbox: outboxOf(journal), journalId: journal.journalId };
}

describe('the outbox', () => {
  it('gives a reader that was never there all events from the first', async () => {
    const { outbox, journalId } = await filled(3);
    const pulled = outbox.pull({ cursor: null, limit: 2 });
    expect(pulled).toMatchObject({ kind: 'events', journalId, head: 3, events: [{ seq: 1 }, { seq: 2 }] });
    expect(outbox.pull({ cursor: { journalId, seq: 2 }, limit: 2 })).toMatchObject({ events: [{ seq: 3 }] });
    expect(outbox.pull({ cursor: { journalId, seq: 3 }, limit: 2 })).toMatchObject({
      kind: 'events',
      events: [],
    });
  });

  it('gives events again until they are acknowledged', async () => {
    const { outbox } = await filled(2);
    const first = outbox.pull({ cursor: null, limit: 10 });
    expect(outbox.pull({ cursor: null, limit: 10 })).toEqual(first);
  });

  it.each([
    ['was never there, and events are dropped', null],
    ['is below what was dropped', 1],
    ['is ahead of the journal', 6],
  ])('says gap to a reader that %s', async (_, seq) => {
    const { outbox, journalId } = await filled(5);
    outbox.acknowledge({ journalId, seq: 2 });
    const cursor = seq === null ? null : { journalId, seq };
    expect(outbox.pull({ cursor, limit: 10 })).toEqual({ kind: 'gap', journalId, head: 5 });
  });

  it('says gap to a reader of another journal', async () => {
    const { outbox } = await filled(5);
    expect(outbox.pull({ cursor: { journalId: 'another', seq: 2 }, limit: 10 }).kind).toBe('gap');
  });

  it('goes on at the acknowledged event without a gap', async () => {
    const { outbox, journalId } = await filled(5);
    outbox.acknowledge({ journalId, seq: 2 });
    expect(outbox.pull({ cursor: { journalId, seq: 2 }, limit: 1 })).toMatchObject({ events: [{ seq: 3 }] });
  });

  it('refuses an acknowledgement that is not of this journal or not of what it gave', async () => {
    const { outbox, journalId } = await filled(2);
    expect(() => outbox.acknowledge({ journalId: 'another', seq: 1 })).toThrow(
      expect.objectContaining({ code: 'conflict' }),
    );
    for (const seq of [3, -1, 0.5]) {
      expect(() => outbox.acknowledge({ journalId, seq })).toThrow(
        expect.objectContaining({ code: 'bad-request' }),
      );
    }
  });

  it('gives a snapshot in pages that end with null', async () => {
    const { outbox, journalId } = await filled(5);
    const first = outbox.snapshot(null, 3);
    expect(first).toMatchObject({ journalId, head: 5 });
    const second = outbox.snapshot(first.next, 3);
    expect([first.jobs.length, second.jobs.length, second.next]).toEqual([3, 2, null]);
    expect(outbox.snapshot(null, 5).next).toBeNull();
  });

  it('gives the deliveries of each job with it in a snapshot', async () => {
    const journal = openMemoryJournal();
    await journal.append(endOf(1));
    const [job] = outboxOf(journal).snapshot(null, 3).jobs;
    expect(job?.deliveries).toEqual([sampleDelivery(1)]);
  });

  it('ends a snapshot where there is nothing more, not where a page is shorter than asked for', async () => {
    const { journal } = await filled(5);
    const outbox = outboxOf({ ...journal, jobsAfter: (id) => journal.jobsAfter(id, 2) });
    const ids: string[] = [];
    let after: JobId | null = null;
    do {
      const { jobs, next }: SnapshotPage = outbox.snapshot(after, 4);
      ids.push(...jobs.map(({ job }) => job.id));
      after = next;
    } while (after !== null);
    expect(ids).toEqual(journal.jobsAfter(null, 10).map(({ job }) => job.id));
  });

  it('finds deliveries also of a job whose record is gone, as of now', async () => {
    const journal = openMemoryJournal();
    await journal.append(endOf(1));
    journal.disk.jobs.clear();
    const unknown = sampleDelivery(2).id;
    expect(outboxOf(journal).deliveries([unknown, sampleDelivery(1).id])).toEqual({
      journalId: journal.journalId,
      head: 1,
      deliveries: [sampleDelivery(1)],
    });
  });
});
