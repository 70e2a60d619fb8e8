import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test, vi } from 'vitest';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { Task } from '#shared/job/tasks.ts';
import type { Database } from '../../../src-main/adapters/journal/database.ts';
import { createOutputStore } from '../../../src-main/adapters/output/output-store.ts';
import { until } from '../process/harness.ts';
import {
  allEvents,
  fileAppears,
  job,
  nodeJob,
  open,
  statusesOf,
  storedJob,
  temporaryDirectory,
} from '../runner/harness.ts';

const GIB = 2 ** 30;
const disk = vi.hoisted(() => ({ databases: [] as Database[], freeBytes: 2 ** 40 }));

vi.mock('../../../src-main/adapters/journal/database.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../src-main/adapters/journal/database.ts')>();
  const openDatabase = (file: string) => {
    const database = original.openDatabase(file);
    disk.databases.push(database);
    return database;
  };
  return { ...original, openDatabase };
});

vi.mock('../../../src-main/adapters/system/disk-space.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../../src-main/adapters/system/disk-space.ts')>()),
  createDiskSpace: () => ({ freeBytes: async () => disk.freeBytes }),
}));

/** SQLite takes no page more than it has: what does not fit into those is refused as by a full disk. */
function fillDatabase(): { makeRoom(): void } {
  const sqlite = disk.databases.at(-1)?.sqlite;
  const pages = Number(sqlite?.prepare('PRAGMA page_count').get()?.page_count);
  sqlite?.exec(`PRAGMA max_page_count = ${pages}`);
  return { makeRoom: () => sqlite?.exec('PRAGMA max_page_count = 1000000') };
}

/** Waits for a file, then writes more than a page of the database has room for. */
const LARGE = 'x'.repeat(6000);
const waits = (file: string) => `
  const { existsSync, writeFileSync } = require('node:fs');
  writeFileSync(${JSON.stringify(file)} + '-' + (process.env.JOBDECK_INDEX ?? 'job'), '');
  setInterval(() => existsSync(${JSON.stringify(file)}) && process.stdout.write('${LARGE}', () => process.exit()), 5)`;

describe('a disk without room for the journal', () => {
  it('loses no end of a job or an item: each is recorded once there is room, and nothing is started until then', async () => {
    const directory = temporaryDirectory();
    const go = join(directory, 'go');
    const workspace = await open(join(directory, 'data'), { slots: 2 });
    const { runner } = workspace;
    await runner.start();
    const task = nodeTaskOf(go);
    const single = job({ task, on_interrupt: 'fail' });
    const batch = {
      ...job({ task, items: { values: [1, 2, 3] }, concurrency: 2 }),
      job_type: 'batch' as const,
    };
    const next = nodeJob('');
    await runner.submit([single, batch, next]);
    for (const who of ['job', '0', '1']) await fileAppears(`${go}-${who}`);

    const { makeRoom } = fillDatabase();
    await expect(
      runner.submit([job({ name: LARGE, task: { kind: 'command', program: 'true' } })]),
    ).rejects.toMatchObject({
      code: 'disk-full',
    });
    writeFileSync(go, '');
    await until(() => runner.status().holds.some(({ reason }) => reason === 'journal'));
    expect(runner.status().problem).toContain('make room');
    expect(storedJob(workspace, single).status).toBe('running');
    expect(storedJob(workspace, next).status).toBe('pending');
    expect(workspace.items.counts(batch.id)).toMatchObject({ completed: 0 });

    makeRoom();
    await runner.idle();
    for (const one of [single, batch, next])
      expect(statusesOf(workspace, one)).toBe('pending running completed');
    expect(
      workspace.items.page(batch.id, null, null, 10).map((item) => [item.status, item.attempts]),
    ).toEqual([
      ['completed', 1],
      ['completed', 1],
      ['completed', 1],
    ]);
    expect(allEvents(workspace).filter(({ type }) => type === 'ended')).toHaveLength(3);
    expect(runner.status()).toMatchObject({ problem: null, holds: [] });
  });

  it('is closed on what it could not record: the next start says that it was interrupted, once', async () => {
    const directory = temporaryDirectory();
    const go = join(directory, 'go');
    const first = await open(join(directory, 'data'));
    await first.runner.start();
    const single = job({ task: nodeTaskOf(go) });
    await first.runner.submit([single]);
    await fileAppears(`${go}-job`);
    fillDatabase();
    writeFileSync(go, '');
    await until(() => first.runner.status().problem !== null);
    await first.close();

    const second = await open(join(directory, 'data'));
    expect(await second.runner.start()).toEqual({ failed: [single.id], requeued: [], waiting: [] });
    await second.runner.idle();
    expect(statusesOf(second, single)).toBe('pending running failed');
    expect(jobdeckOf(storedJob(second, single))?.error?.code).toBe('interrupted');
  });
});

test.runIf(process.platform === 'linux')(
  'a disk without room for output fails the attempt, holds the others with a sentence, and lets them go on by itself',
  async () => {
    const directory = temporaryDirectory();
    const workspace = await open(directory, { slots: 1 });
    const { runner } = workspace;
    await runner.start();
    const full = job({ task: { kind: 'command', shell: 'yes' }, max_output_bytes: GIB });
    const next = job({ task: { kind: 'command', program: 'true' } });
    const outputs = createOutputStore(directory);
    const attempt = { jobId: full.id, attempt: 1 };
    await outputs.prepare(attempt, {});
    symlinkSync('/dev/full', join(outputs.directoryFor(attempt), 'stdout'));
    disk.freeBytes = 0;

    await runner.submit([full, next]);
    await until(() => storedJob(workspace, full).status === 'failed' && runner.status().holds.length > 0);
    expect(runner.status().holds).toEqual([
      {
        reason: 'disk-full',
        message: expect.stringMatching(
          /^The disk that holds Jobdeck's data .+ No job is started .+ go on by themselves/,
        ),
      },
    ]);
    expect(jobdeckOf(storedJob(workspace, full))?.error?.code).toBe('disk-full');
    expect(runner.progress([next.id])).toMatchObject([{ waitsFor: 'disk-full' }]);

    disk.freeBytes = GIB;
    await runner.idle();
    expect(storedJob(workspace, next).status).toBe('completed');
    expect(runner.status().holds).toEqual([]);
  },
);

function nodeTaskOf(go: string): Task {
  return { kind: 'command', program: process.execPath, args: ['-e', waits(go)] };
}
