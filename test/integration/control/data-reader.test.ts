import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isTerminal } from '#shared/job/lifecycle.ts';
import { openDataReader } from '../../../src-main/adapters/control/data-reader.ts';
import { sampleDelivery } from '../../fakes/sample-deliveries.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';
import { openItems } from '../items/harness.ts';
import { type JournalOnDisk, openJournal, temporaryDirectory } from '../journal/harness.ts';

function read(directory: string) {
  const damaged: string[] = [];
  const reader = openDataReader(directory, ({ message }) => damaged.push(message));
  onTestFinished(() => reader.close());
  return { reader, damaged };
}

const append = ({ journal }: JournalOnDisk, job: BatchJob) =>
  journal.append({
    event: {
      type: isTerminal(job.status) ? 'ended' : 'submitted',
      jobId: job.id,
      at: job.updated_at ?? job.created_at,
      job,
    },
  });
const appendDelivery = ({ journal }: JournalOnDisk, job: BatchJob, delivery: Delivery) =>
  journal.append({
    event: { type: 'callback-recorded', jobId: job.id, at: delivery.updatedAt, job, deliveries: [delivery] },
    newDeliveries: [{ id: delivery.id, body: `about ${delivery.id}` }],
  });
const all = (pages: Iterable<BatchJob[]>) => [...pages].flat().map(({ id }) => id);

describe('a reader beside the owner of a data directory', () => {
  it('sees each commit at once, and holds up none', async () => {
    const directory = temporaryDirectory();
    const owner = openJournal(directory);
    const first = sampleJobIn('pending', 0);
    await append(owner, first);
    const { reader } = read(directory);
    expect(reader.find(first.id)).toEqual(first);
    const pages = reader.pages();
    expect(pages.next().value).toEqual([first]);
    // In the middle of a listing.
    await append(owner, sampleJobIn('running', 0));
    expect(reader.find(first.id)?.status).toBe('running');
    expect(reader.activeJobs()).toMatchObject([{ id: first.id, status: 'running' }]);
  });

  it('says cheaply whether anything was written since it was last asked', async () => {
    const directory = temporaryDirectory();
    const owner = openJournal(directory);
    const { reader } = read(directory);
    reader.changed();
    expect(reader.changed()).toBe(false);
    await append(owner, sampleJobIn('pending', 0));
    expect(reader.changed()).toBe(true);
    expect(reader.changed()).toBe(false);
  });

  it('lists more than a page in the order of submission, those that have ended included', async () => {
    const owner = openJournal(temporaryDirectory(), { keepsEnded: true });
    const jobs = Array.from({ length: 450 }, (_, n) => sampleJobIn(n % 3 === 0 ? 'completed' : 'pending', n));
    for (const job of jobs) await append(owner, job);
    owner.journal.acknowledge(owner.journal.head());
    const { reader } = read(join(owner.file, '..'));
    expect(all(reader.pages())).toEqual(jobs.map(({ id }) => id));
  });

  it('leaves a damaged row out, names it once, and goes on after a page of them', async () => {
    const owner = openJournal();
    const jobs = Array.from({ length: 201 }, (_, n) => sampleJobIn('pending', n));
    for (const job of jobs) await append(owner, job);
    owner.sql("UPDATE events SET job = '{' WHERE seq <= 200");
    const { reader, damaged } = read(join(owner.file, '..'));
    expect(all(reader.pages())).toEqual([jobs[200]?.id]);
    all(reader.pages());
    expect(damaged).toHaveLength(200);
  });

  it('finds ids by their beginning', async () => {
    const owner = openJournal();
    const jobs = [0, 1, 2].map((n) => sampleJobIn('pending', n));
    for (const job of jobs) await append(owner, job);
    const { reader } = read(join(owner.file, '..'));
    expect(reader.idsFrom('job-', 2)).toEqual(
      jobs
        .map(({ id }) => id)
        .sort()
        .slice(0, 2),
    );
    expect(reader.idsFrom(String(jobs[1]?.id.slice(0, 14)), 5)).toEqual([jobs[1]?.id]);
    expect(reader.idsFrom('run-', 5)).toEqual([]);
  });

  it('counts the items of a batch and reads one of them', async () => {
    const { directory, store } = openItems();
    const id = sampleJob(0).id;
    await store.load(id, pageOf('a', 'b'));
    await store.begin(id, 1, 1);
    const { reader } = read(directory);
    expect(reader.counts(id)).toEqual({ pending: 1, running: 1, completed: 0, failed: 0, cancelled: 0 });
    expect(reader.item(id, 1)).toMatchObject({ index: 1, item: 'b', status: 'running', attempts: 1 });
    expect(reader.item(id, 2)).toBeUndefined();
    expect(reader.counts('job-none' as JobId)).toBeUndefined();
  });

  it('reads callbacks newest first, by the beginning of their id and by job, and leaves a damaged one out', async () => {
    const owner = openJournal();
    const job = sampleJobIn('completed', 0);
    const [first, second, third] = [0, 1, 2].map((number) =>
      sampleDelivery(number, { jobId: job.id, state: number === 1 ? 'held' : 'due' }),
    ) as [Delivery, Delivery, Delivery];
    for (const delivery of [first, second, third]) await appendDelivery(owner, job, delivery);
    const { reader, damaged } = read(join(owner.file, '..'));
    const { deliveries } = reader;
    expect(deliveries.page(null, null, 10)).toEqual([third, second, first]);
    expect(deliveries.page(null, third.id, 1)).toEqual([second]);
    expect(deliveries.page('held', null, 10)).toEqual([second]);
    expect(deliveries.ofJob(job.id)).toEqual([first, second, third]);
    expect(deliveries.idsFrom('msg_', 2)).toEqual([first.id, second.id]);
    expect(deliveries.idsFrom(second.id, 5)).toEqual([second.id]);
    expect(deliveries.find(second.id)).toEqual(second);
    expect(deliveries.body(second.id)).toBe(`about ${second.id}`);
    owner.sql(`UPDATE deliveries SET record = '{' WHERE id = '${second.id}'`);
    expect(deliveries.page(null, null, 10)).toEqual([third, first]);
    expect(deliveries.find(second.id)).toBeUndefined();
    expect(damaged).toEqual([expect.stringContaining(`Delivery ${second.id}`)]);
    expect(owner.deliveries.counts()).toMatchObject({ held: 1 });
  });

  it('reads what nobody has open, and writes nothing there', async () => {
    const owner = openJournal();
    await append(owner, sampleJobIn('pending', 0));
    owner.close();
    const { mtimeMs, size } = statSync(owner.file);
    const { reader } = read(join(owner.file, '..'));
    expect(all(reader.pages())).toHaveLength(1);
    expect(statSync(owner.file)).toMatchObject({ mtimeMs, size });
  });

  it.each([
    ['older', 1, '"resume --data'],
    ['newer', 99, 'use that one'],
  ])('names the way out where an %s version wrote it', (_, version, message) => {
    const owner = openJournal();
    owner.sql(`PRAGMA user_version = ${version}`);
    expect(() => read(join(owner.file, '..'))).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(message) }),
    );
  });

  it('says that there is none, and makes none', () => {
    const directory = temporaryDirectory();
    expect(() => read(directory)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(existsSync(join(directory, 'journal.sqlite'))).toBe(false);
  });
});

async function* pageOf(...items: unknown[]) {
  yield items.map((item, index) => ({ index, item }));
}
