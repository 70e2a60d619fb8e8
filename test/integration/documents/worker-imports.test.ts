import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImportPage, ImportProgress } from '#shared/contract/documents.ts';
import { createImports, type Imports } from '../../../src-main/adapters/documents/import-session.ts';
import type { ImportWorkerData, ThreadPort } from '../../../src-main/adapters/documents/import-thread.ts';
import { createWorkerImports } from '../../../src-main/adapters/documents/worker-imports.ts';
import { sweepLeftovers } from '../../../src-main/adapters/export/leftovers.ts';
import { file, folder, idOf, line, NOW, readAll, readThrough } from './import-bench.ts';

const ENTRY = new URL('../../../src-main/adapters/documents/import-worker.ts', import.meta.url);
const createHere = () => createImports(() => NOW);
let threads: Worker[] = [];
let imports: Imports | null = null;
let problems: unknown[] = [];

function create(options: Partial<Parameters<typeof createWorkerImports>[0]> = {}): Imports {
  const startThread = () => {
    const workerData: ImportWorkerData = { leftovers: notes() };
    const thread = new Worker(ENTRY, { workerData });
    threads.push(thread);
    return thread;
  };
  const onProblem = (problem: unknown) => problems.push(problem);
  imports = createWorkerImports({ startThread, createHere, onProblem, ...options });
  return imports;
}

afterEach(async () => {
  await imports?.closeAll();
  await Promise.all(threads.map((thread) => thread.terminate()));
  threads = [];
  problems = [];
});

/** Where it is written down what is in the making. */
const notes = (): string => join(folder, 'notes');

/** What this thread worked since then, microseconds: how busy the machine is with others does not count. */
function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

function workOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return since(before);
}

describe('imports in a thread', () => {
  it('answer as those in this one do, from the first call to the last', async () => {
    const there = create();
    const here = createHere();
    const path = await file('a.ndjson', line(1) + line(2, ',"user_id":1') + line(1));
    const answers = async (from: Imports) => {
      const { importId, counts } = await readThrough(from, from.openImport([path]));
      await from.tellOutcomes({ importId, outcomes: [{ place: 0, outcome: 'new' }] });
      const pages = [await readAll(from, importId), await readAll(from, importId, 'new')];
      const count = await from.writeReport(importId, ['unknown-keys'], `${folder}/report`);
      await from.close(importId);
      const closed = await from.progress(importId).catch(({ code, message }) => ({ code, message }));
      return { counts, pages, count, closed };
    };
    expect(await answers(there)).toEqual(await answers(here));
    expect(threads).toHaveLength(1);
    await expect(there.openImport([`${path}.none`])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leave this one its event loop: no page takes it as long as a document in it takes to be parsed', async () => {
    const nested = Array.from({ length: 200_000 }, (_, n) => ({
      n,
      list: [n, { deep: String(n) }],
      flag: true,
    }));
    const large = line(1, `,"metadata":{"nested":${JSON.stringify(nested)}}`);
    const small = Array.from({ length: 5000 }, (_, n) =>
      line(
        n + 2,
        `,"metadata":${JSON.stringify(nested.slice(n, n + 8))}`.replace(/\[/u, '{"few":[').concat('}'),
      ),
    );
    const path = await file('large.ndjson', large + small.join(''));
    const reading = create();
    await readThrough(reading, reading.importText('warm', line(2)));
    const parsing = workOf(() => JSON.parse(large));
    const { counts, importId } = await readThrough(reading, reading.openImport([path]));
    let length = 0;
    let longest = 0;
    for (let after: number | null = -1; after !== null; ) {
      const before = process.threadCpuUsage();
      const page: ImportPage = await reading.readPage({ importId, filter: 'all', after, limit: 500 });
      longest = Math.max(longest, since(before));
      length += page.documents.length;
      after = page.next;
    }
    expect(counts.valid).toBe(5001);
    expect(length).toBeGreaterThan(large.length + small.join('').length);
    // A page that came as values would take longer than to parse it.
    expect(longest).toBeLessThan(parsing);
  });

  it('check the text of an editor there as here, and take this one no longer than to hand it over', async () => {
    const there = create();
    const text = `${line(1)}{"id":"x"}\n${line(2, ',"callback_url":"None"')}`;
    expect(await there.checkText('document', text)).toBe(await createHere().checkText('document', text));
    expect(threads).toHaveLength(1);
    const long = line(1, `,"metadata":{"nested":${JSON.stringify(Array(300_000).fill({ a: [1] }))}}`);
    const parsing = workOf(() => JSON.parse(long));
    const before = process.threadCpuUsage();
    const documents = await there.checkText('document', long);
    expect(since(before)).toBeLessThan(parsing);
    expect(documents.length).toBeGreaterThan(long.length);
  });

  it('give their thread back after a text was checked, and not while one is', async () => {
    const brief = create({ idleMs: 1 });
    await Promise.all([brief.checkText('a', line(1)), brief.checkText('b', line(2).repeat(20_000))]);
    expect(threads).toHaveLength(1);
    await once(threads[0] as Worker, 'exit');
  });

  it('are closed at once, whatever their thread waits for', async () => {
    const thread = new EventEmitter();
    let isTerminated = false;
    const terminate = () => {
      isTerminated = true;
      return new Promise(() => {});
    };
    queueMicrotask(() => thread.emit('message', { kind: 'ready' }));
    const stuck = Object.assign(thread, { postMessage() {}, terminate }) as unknown as ThreadPort;
    const closing = create({ startThread: () => stuck });
    const asked = closing.importText('t', line(1));
    const refused = expect(asked).rejects.toMatchObject({ code: 'closing' });
    await closing.closeAll();
    await refused;
    expect(isTerminated).toBe(true);
  });

  it('of a thread that dies are told as failed, and the next one has a thread of its own', async () => {
    const dying = create();
    const told: ImportProgress[] = [];
    dying.onProgress((progress) => told.push(progress));
    const { importId } = await readThrough(dying, dying.importText('t', line(1)));
    const asked = dying.readPage({ importId, filter: 'all', after: -1, limit: 1 });
    await threads[0]?.terminate();
    await Promise.allSettled([asked]);
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({
        importId,
        state: 'failed',
        counts: { total: 1 },
        problem: expect.stringContaining('Open the files again'),
      });
    expect(problems).toMatchObject([{ code: 'internal' }]);
    const again = await readThrough(dying, dying.importText('t', line(2)));
    expect(await readAll(dying, again.importId)).toMatchObject([{ id: idOf(2) }]);
    expect(threads).toHaveLength(2);
  });

  it('are read here where a thread can not even be made', async () => {
    const startThread = () => {
      throw new Error('There are no threads.');
    };
    const here = create({ startThread });
    for (const n of [1, 2]) {
      const { importId } = await readThrough(here, here.importText('t', line(n)));
      expect(await readAll(here, importId)).toMatchObject([{ id: idOf(n) }]);
    }
    expect(problems).toMatchObject([{ message: 'There are no threads.' }]);
  });

  it('are read here where no thread starts', async () => {
    const startThread = () => {
      const thread = new EventEmitter();
      queueMicrotask(() => {
        thread.emit('error', new Error('There are no threads.'));
        thread.emit('exit');
      });
      return Object.assign(thread, { postMessage() {}, terminate: async () => {} }) as unknown as ThreadPort;
    };
    const here = create({ startThread });
    const { importId } = await readThrough(here, here.importText('t', line(1)));
    expect(await readAll(here, importId)).toMatchObject([{ id: idOf(1) }]);
    expect(problems).toMatchObject([{ message: 'There are no threads.' }]);
  });

  it('leave no half of a report: what is there when the thread is ended is removed at the next start', async () => {
    const path = await file('wrong.ndjson', '{"id":1}\n'.repeat(20_000));
    const stopped = create();
    const { importId } = await readThrough(stopped, stopped.openImport([path]));
    const half = async () => (await readdir(folder)).filter((name) => name.endsWith('.part'));
    const refused = expect(stopped.writeReport(importId, [], join(folder, 'report'))).rejects.toMatchObject({
      code: 'closing',
    });
    await expect.poll(half, { interval: 1 }).toHaveLength(1);
    await stopped.closeAll();
    await refused;
    await Promise.all(threads.map((thread) => thread.terminate()));
    const [name] = await half();
    expect(await sweepLeftovers(notes())).toEqual([join(folder, String(name))]);
    expect(await readdir(folder)).toEqual(['notes', 'wrong.ndjson']);
  });

  it('give their thread back once none is open, and not while one is', async () => {
    const brief = create({ idleMs: 1 });
    const first = await readThrough(brief, brief.importText('a', line(1)));
    const second = await readThrough(brief, brief.importText('b', line(2)));
    const ended = new Promise((resolve) => threads[0]?.on('exit', resolve));
    await brief.close(first.importId);
    expect(await readAll(brief, second.importId)).toHaveLength(1);
    expect(threads).toHaveLength(1);
    await brief.close(second.importId);
    await ended;
  });
});
