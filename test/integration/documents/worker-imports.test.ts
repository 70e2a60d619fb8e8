import { EventEmitter } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImportProgress } from '#shared/contract/documents.ts';
import { createImports, type Imports } from '../../../src-main/adapters/documents/import-session.ts';
import type { ThreadPort } from '../../../src-main/adapters/documents/import-thread.ts';
import { createWorkerImports } from '../../../src-main/adapters/documents/worker-imports.ts';
import { file, folder, idOf, line, NOW, readAll, readThrough } from './import-bench.ts';

const ENTRY = new URL('../../../src-main/adapters/documents/import-worker.ts', import.meta.url);
const createHere = () => createImports(() => NOW);
let threads: Worker[] = [];
let imports: Imports | null = null;

function create(options: Partial<Parameters<typeof createWorkerImports>[0]> = {}): Imports {
  const startThread = () => {
    const thread = new Worker(ENTRY);
    threads.push(thread);
    return thread;
  };
  imports = createWorkerImports({ startThread, createHere, ...options });
  return imports;
}

afterEach(async () => {
  await imports?.closeAll();
  await Promise.all(threads.map((thread) => thread.terminate()));
  threads = [];
});

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

  it('leave this one its event loop while they read a document of many megabytes', async () => {
    const path = await file(
      'large.ndjson',
      line(1, `,"metadata":{"text":"${'x'.repeat(40 * 1024 * 1024)}"}`),
    );
    const reading = create();
    await readThrough(reading, reading.importText('warm', line(2)));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const { counts } = await readThrough(reading, reading.openImport([path]));
    delay.disable();
    expect(counts.valid).toBe(1);
    // Not a limit on time: were it read here, there would hardly be a turn to measure.
    expect(delay.count).toBeGreaterThan(10);
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
    const again = await readThrough(dying, dying.importText('t', line(2)));
    expect(await readAll(dying, again.importId)).toMatchObject([{ id: idOf(2) }]);
    expect(threads).toHaveLength(2);
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
