import { describe, expect, it } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { DataReader } from '../../../src-main/adapters/control/data-reader.ts';
import { findJob } from '../../../src-main/cli/data/find-job.ts';
import { jobCells } from '../../../src-main/cli/data/job-cells.ts';
import { type OutputChoice, outputSource } from '../../../src-main/cli/data/output-source.ts';
import { shortIds } from '../../../src-main/cli/data/short-ids.ts';
import { plain, tableRow, widthsOf } from '../../../src-main/cli/data/table.ts';
import { sampleJob, sampleJobIn } from '../../fakes/sample-jobs.ts';

function readerOf(jobs: readonly BatchJob[], rest: Partial<DataReader> = {}): DataReader {
  const reader: Partial<DataReader> = {
    idsFrom: (start, limit) =>
      jobs
        .map(({ id }) => id)
        .filter((id) => id.startsWith(start))
        .sort()
        .slice(0, limit),
    find: (id) => jobs.find((job) => job.id === id),
    counts: () => undefined,
    item: () => undefined,
    ...rest,
  };
  return reader as DataReader;
}
const withId = (id: string) => ({ ...sampleJob(0), id: id as JobId });

describe('a job by the beginning of its id', () => {
  const jobs = ['job-11111111-a', 'job-11112222-b', 'run-22222222-c', 'job-1111'].map(withId);

  it.each([
    ['job-11112', 'job-11112222-b'],
    ['11112', 'job-11112222-b'],
    ['2222', 'run-22222222-c'],
    ['run-', 'run-22222222-c'],
    ['job-11111111-a', 'job-11111111-a'],
    // Whole, and the beginning of others.
    ['job-1111', 'job-1111'],
  ])('%s is %s', (text, id) => {
    expect(findJob(readerOf(jobs), text).id).toBe(id);
  });

  it('is refused where there is none or more than one, with those that there are', () => {
    expect(() => findJob(readerOf(jobs), 'job-9')).toThrow(
      'Expected the id of a job, or its beginning, got "job-9"',
    );
    expect(() => findJob(readerOf(jobs), '11111')).not.toThrow();
    expect(() => findJob(readerOf(jobs.slice(0, 2)), 'job-1')).toThrow(
      'Expected the beginning of one id, got "job-1": job-11111111-a, job-11112222-b.',
    );
  });

  it('is as short as it can be told apart', () => {
    const alike = ['job-11111111-a', 'job-11111111-b', 'job-22222222-c'].map(withId);
    const shortId = shortIds(readerOf(alike).idsFrom);
    expect(alike.map(({ id }) => shortId(id))).toEqual(['job-11111111-a', 'job-11111111-b', 'job-22222222']);
  });
});

describe('a row of the list', () => {
  const context = { reader: readerOf([]), shortId: (id: string) => id.slice(0, 12), isOwned: true };
  const cells = (job: BatchJob, rest: object = {}) =>
    jobCells(job, { ...context, nowMs: Date.parse('2026-11-01T08:05:05.000Z'), ...rest });

  it('has what a person looks for first', () => {
    const job = sampleJobIn('failed', 0, { task: { kind: 'http', url: 'http://a' } });
    expect(cells(job)).toEqual([
      job.id.slice(0, 12),
      'failed',
      'http',
      'exit-code',
      '5 min ago',
      'Checksum photos',
    ]);
    expect(cells(sampleJobIn('completed', 0))).toMatchObject({ 1: 'completed', 3: '3 s' });
  });

  it('never says that something runs which nobody runs', () => {
    expect(cells(sampleJobIn('running', 0))[1]).toBe('running');
    expect(cells(sampleJobIn('running', 0), { isOwned: false })[1]).toBe('interrupted');
  });

  it('counts the items of a batch', () => {
    const counts = { pending: 1, running: 1, completed: 5, failed: 2, cancelled: 1 };
    const job = sampleJobIn('running', 0, { items: { values: [1] } });
    expect(cells(job, { reader: readerOf([], { counts: () => counts }) })).toMatchObject({
      2: 'command batch',
      3: '8 of 10, 2 failed',
    });
  });

  it('counts them from the record where the items are gone', () => {
    const job = sampleJobIn('failed', 0, { items: { values: [1] } });
    const counts = { total: 10, completed: 7, failed: 2, cancelled: 1 };
    const jobdeck = { version: 1, ...job.metadata?.jobdeck, counts } as const;
    expect(cells({ ...job, metadata: { jobdeck } })[3]).toBe('10 of 10, 2 failed');
  });

  it('says when a waiting job is looked at again', () => {
    expect(cells(sampleJobIn('pending', 0, { not_before: '2026-11-01T10:05:05.000Z' }))[3]).toBe('in 2 h');
    expect(cells(sampleJobIn('pending', 0))[3]).toBe('');
  });

  it('shows a name that holds commands for the terminal as text', () => {
    expect(cells(sampleJob(0, { name: 'a\u001b[31m\nb' }))[5]).toBe('a [31m b');
    expect(plain('tab\there\u0007')).toBe('tab here ');
  });

  it('lines up with the others, and a long last cell stays whole', () => {
    const rows = [
      ['ID', 'NAME'],
      ['job-1234', 'x'.repeat(80)],
    ];
    const widths = widthsOf(rows);
    expect(rows.map((row) => tableRow(row, widths))).toEqual([
      'ID        NAME\n',
      `job-1234  ${'x'.repeat(80)}\n`,
    ]);
  });
});

describe('the output to print', () => {
  const choice: OutputChoice = { item: null, attempt: null, stream: 'stdout' };
  const sourceOf = (job: BatchJob, rest: Partial<OutputChoice> = {}, parts: Partial<DataReader> = {}) =>
    outputSource(readerOf([job], parts), job.id, { ...choice, ...rest });

  it('is none before the first attempt, and goes on', () => {
    expect(sourceOf(sampleJobIn('pending', 0))).toEqual({
      ref: null,
      isOver: false,
      isLast: false,
      preview: '',
    });
  });

  it('is that of the attempt that runs', () => {
    const job = sampleJobIn('running', 0);
    expect(sourceOf(job)).toMatchObject({
      ref: { jobId: job.id, attempt: 1, stream: 'stdout' },
      isOver: false,
      isLast: false,
    });
  });

  it('is over with the job, and then in the record, too', () => {
    const job = sampleJobIn('completed', 0);
    expect(sourceOf(job)).toMatchObject({ isOver: true, isLast: true, preview: 'done\n' });
  });

  it('of an attempt before the last is over, and is the last where it was asked for', () => {
    const job = sampleJobIn('running', 0);
    const jobdeck = { version: 1, ...job.metadata?.jobdeck } as const;
    const attempts = [1, 2].map((number) => ({ number, started_at: job.created_at }));
    const second = { ...job, metadata: { jobdeck: { ...jobdeck, attempts } } };
    expect(sourceOf(second, { attempt: 1 })).toMatchObject({
      ref: { attempt: 1 },
      isOver: true,
      isLast: true,
    });
    expect(sourceOf(second)).toMatchObject({ ref: { attempt: 2 }, isOver: false, isLast: false });
    expect(() => sourceOf(sampleJobIn('completed', 0), { attempt: 2 })).toThrow(
      'Expected an attempt up to 1',
    );
  });

  it('of a batch is asked for by its item', () => {
    const job = sampleJobIn('running', 0, { items: { values: [1, 2] } });
    expect(() => sourceOf(job)).toThrow('say which with --item N');
    const item = { index: 1, item: 2, attempts: 1, duration_ns: 1, ttft_ns: null, error: null } as const;
    const parts: Partial<DataReader> = {
      item: (_, index) =>
        index === 1 ? { ...item, status: 'completed', result: { stdout: 'two' } } : undefined,
    };
    expect(sourceOf(job, { item: 1 }, parts)).toMatchObject({
      ref: { item: 1, attempt: 1 },
      isOver: true,
      isLast: true,
      preview: 'two',
    });
    expect(sourceOf(job, { item: 7 }, parts)).toMatchObject({ ref: null, isLast: false });
    const ended = sampleJobIn('completed', 0, { items: { values: [1, 2] } });
    expect(() => sourceOf(ended, { item: 7 }, parts)).toThrow('has no item 7');
  });
});
