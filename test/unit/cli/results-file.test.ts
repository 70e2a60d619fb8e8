import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ItemRecord } from '#shared/job/items.ts';
import { openResultsFile } from '../../../src-main/cli/run/results-file.ts';
import { type ItemDisk, openMemoryItemStore } from '../../fakes/memory-item-store.ts';
import { sampleJob } from '../../fakes/sample-jobs.ts';

const JOB = sampleJob(0, { items: { range: { from: 1, to: 1000 } } });

function record(index: number, rest: Partial<ItemRecord> = {}): ItemRecord {
  const base = { attempts: 1, duration_ns: 5, ttft_ns: null, result: { exit_code: 0 }, error: null } as const;
  return { index, item: index + 1, status: 'completed', ...base, ...rest };
}

function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'jobdeck-results-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'results.ndjson');
}

/** What outlives a process: the file, and the items in their store. */
function setUp(count: number) {
  const path = temporaryFile();
  const disk: ItemDisk = new Map([[JOB.id, { isLoaded: true, items: new Map<number, ItemRecord>() }]]);
  const items = disk.get(JOB.id)?.items ?? new Map();
  for (let index = 0; index < count; index++) {
    items.set(index, record(index, { status: 'pending', attempts: 0, duration_ns: null, result: null }));
  }
  const open = (mode: 'replace' | 'add') => openResultsFile(path, mode, openMemoryItemStore(disk));
  const end = (ended: ItemRecord) => {
    items.set(ended.index, ended);
    return ended;
  };
  const lines = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { job_id: string; index: number; status: string });
  return { path, open, end, lines, indexes: () => lines().map(({ index }) => index) };
}

describe('a results file', () => {
  it('has a line for each item as it ended, with nothing but the fields that are promised', async () => {
    const { open, end, lines } = setUp(2);
    const file = await open('replace');
    file.add(JOB.id, end(record(1)));
    file.add(JOB.id, end(record(0, { status: 'failed', error: { code: 'exit-code', message: 'Three.' } })));
    await file.flush();
    expect(lines()).toEqual([
      { job_id: JOB.id, ...record(1) },
      { job_id: JOB.id, ...record(0), status: 'failed', error: { code: 'exit-code', message: 'Three.' } },
    ]);
    expect(Object.keys(lines()[0] ?? {})).toEqual([
      'job_id',
      'index',
      'item',
      'status',
      'attempts',
      'duration_ns',
      'ttft_ns',
      'result',
      'error',
    ]);
    await file.close();
  });

  it('has what a batch came to once it is complete, items that were cancelled without a try included', async () => {
    const { open, end, indexes, lines } = setUp(600);
    const file = await open('replace');
    file.add(JOB.id, end(record(300)));
    for (let index = 0; index < 600; index++) {
      if (index !== 300) end(record(index, { status: index % 2 === 0 ? 'completed' : 'cancelled' }));
    }
    await file.complete(JOB);
    expect(indexes()).toEqual([300, ...Array.from({ length: 600 }, (_, n) => n).filter((n) => n !== 300)]);
    expect(lines()[2]?.status).toBe('cancelled');
    await file.close();
  });

  it('leaves out what has not ended', async () => {
    const { open, end, indexes } = setUp(3);
    const file = await open('replace');
    end(record(1, { status: 'running' }));
    end(record(2));
    await file.complete(JOB);
    expect(indexes()).toEqual([2]);
    await file.close();
  });

  it.each([
    ['before any line', (text: string) => text.slice(0, 0)],
    ['between two lines', (text: string) => text.slice(0, text.indexOf('\n') + 1)],
    ['in the middle of a line', (text: string) => text.slice(0, text.indexOf('\n') + 20)],
    ['right before a line break', (text: string) => text.slice(0, -1)],
    ['after all of it', (text: string) => text],
  ])('has each item once where a kill came %s', async (_, cut) => {
    const { path, open, end, indexes } = setUp(4);
    const killed = await open('replace');
    for (const index of [2, 0, 1]) killed.add(JOB.id, end(record(index)));
    await killed.flush();
    await killed.close();
    // Ended and durable in the store, and the line was never written.
    writeFileSync(path, cut(readFileSync(path, 'utf8')));
    const resumed = await open('add');
    resumed.add(JOB.id, end(record(3)));
    await resumed.complete(JOB);
    await resumed.complete(JOB);
    await resumed.close();
    expect(indexes().sort()).toEqual([0, 1, 2, 3]);
  });

  it('knows the lines of a long file again, whatever is in them', async () => {
    const { path, open, end, indexes } = setUp(3);
    const text = '","index":2,"x":{"job_id":"é'.repeat(20_000);
    const killed = await open('replace');
    killed.add(JOB.id, end(record(0, { item: { text } })));
    killed.add(JOB.id, end(record(1, { item: text })));
    await killed.flush();
    await killed.close();
    const before = readFileSync(path, 'utf8');
    end(record(2));
    const resumed = await open('add');
    await resumed.complete(JOB);
    await resumed.close();
    expect(indexes()).toEqual([0, 1, 2]);
    expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true);
  });

  it('keeps the items of one batch apart from those of another', async () => {
    const { open, end, indexes } = setUp(1);
    const file = await open('replace');
    file.add(sampleJob(1).id, record(0));
    file.add(JOB.id, end(record(0)));
    await file.complete(JOB);
    expect(indexes()).toEqual([0, 0]);
    await file.close();
  });

  it('has no line of a job without items', async () => {
    const { open, indexes } = setUp(1);
    const file = await open('replace');
    await file.complete(sampleJob(1));
    await file.close();
    expect(indexes()).toEqual([]);
  });

  it('holds a bounded number of lines in memory, and has the rest when the batch is complete', async () => {
    const { open, end, indexes } = setUp(16);
    const file = await open('replace');
    const item = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 16; index++) file.add(JOB.id, end(record(index, { item })));
    await file.flush();
    expect(indexes().length).toBeLessThan(16);
    await file.complete(JOB);
    expect(indexes().sort((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, n) => n));
    await file.close();
  });

  it.runIf(process.platform === 'linux')('tells at once that it can not be written, and why', async () => {
    const store = openMemoryItemStore();
    const file = await openResultsFile('/dev/full', 'replace', store);
    const failed = new Promise<void>((resolve) => file.onFailure(resolve));
    file.add(JOB.id, record(0));
    await failed;
    await expect(file.complete(JOB)).rejects.toMatchObject({ code: 'disk-full' });
    await expect(file.flush()).rejects.toMatchObject({ code: 'disk-full' });
    await file.close();
  });
});
