import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { unwrap } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { importJobs, saveJob } from '../../../../src-renderer/db/commands.ts';
import { jobById, viewCounts } from '../../../../src-renderer/db/queries.ts';
import { exportJobs } from '../../../../src-renderer/sync/export.ts';
import { importDocuments, previewDocuments } from '../../../../src-renderer/sync/import.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { sampleHistory, sampleJob } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

const ALL = { view: { filter: 'all', search: '' } } as const;

function context() {
  return { ...createFakeJobdeck(), db: freshDatabase() };
}

describe('an export', () => {
  it('of a view holds every job once, word for word, in pages that the bridge takes', async () => {
    const { api, db, exports } = context();
    const jobs = sampleHistory(1203);
    await importJobs(db, jobs);
    const progress: number[] = [];
    const report = await exportJobs({ api, db }, ALL, 'ndjson', {
      onProgress: (done) => progress.push(done),
    });
    expect(report).toMatchObject({ count: 1203, path: '/home/you/jobs.ndjson' });
    expect(progress).toEqual([1000, 1203]);
    const lines = exports.files[0]?.text.trimEnd().split('\n') ?? [];
    expect(lines.map((line) => JSON.parse(line) as BatchJob)).toEqual([...jobs].reverse());
  });

  it('of a selection holds its jobs in its order', async () => {
    const { api, db, exports } = context();
    const jobs = sampleHistory(4);
    await importJobs(db, jobs);
    const [first, second, , last] = jobs;
    const ids = [last, first, second].flatMap((job) => job?.id ?? []);
    await exportJobs({ api, db }, { ids }, 'array');
    expect((JSON.parse(exports.files[0]?.text ?? '') as BatchJob[]).map((job) => job.id)).toEqual(ids);
  });

  it('is nothing where the dialog was closed', async () => {
    const { api, db, dialogs, exports } = context();
    dialogs.exportIsChosen = false;
    expect(await exportJobs({ api, db }, ALL, 'array')).toBeNull();
    expect(exports.files).toEqual([]);
  });

  it.each(['writeExport', 'finishExport'] as const)('leaves no file behind where %s fails', async (step) => {
    const { api, db, exports } = context();
    await importJobs(db, sampleHistory(2));
    const error = { code: 'disk-full', message: 'The disk is full.' } as const;
    vi.spyOn(api, step).mockResolvedValue({ ok: false, error });
    await expect(exportJobs({ api, db }, ALL, 'array')).rejects.toMatchObject(error);
    expect(exports.openCount).toBe(0);
    expect(exports.files).toEqual([]);
  });

  it('that is stopped leaves no file behind', async () => {
    const { api, db, exports } = context();
    await importJobs(db, sampleHistory(2));
    const stop = new AbortController();
    const stopped = exportJobs({ api, db }, ALL, 'array', {
      onProgress: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(exports.openCount).toBe(0);
    expect(exports.files).toEqual([]);
  });
});

describe('an import', () => {
  it('adds what is right, page by page, and tells what is not', async () => {
    const { api, db, imports } = context();
    const jobs = sampleHistory(1100);
    const [same, other] = jobs;
    if (!same || !other) throw new Error('Expected samples.');
    await saveJob(db, same, { origin: 'author' });
    await saveJob(db, { ...other, callback_url: 'http://a.test' }, { origin: 'author' });
    const text = [...jobs.map((job) => JSON.stringify(job)), '{"status": "odd"}', 'no JSON'].join('\n');
    const preview = unwrap(await api.importText({ name: 'a.ndjson', text }));
    const ctx = { api, db };

    const before = await previewDocuments(ctx, preview);
    expect(await viewCounts(db)).toMatchObject({ all: 2 });
    const progress: [number, number][] = [];
    const report = await importDocuments(ctx, preview, {
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect(report).toEqual(before);
    expect(report).toMatchObject({ same: 1, conflicting: [other.id], invalid: 2 });
    expect(report.added).toEqual(jobs.slice(2).map((job) => job.id));
    expect(progress.map(([done]) => done)).toEqual([500, 1000, 1102]);
    expect(await viewCounts(db)).toMatchObject({ all: 1100 });
    expect(imports.openCount).toBe(0);
  });

  it('leaves out what is not accepted', async () => {
    const { api, db } = context();
    const repaired = { ...sampleJob(0), status: 'Created' };
    const preview = unwrap(
      await api.importText({ name: 'a.json', text: JSON.stringify([repaired, sampleJob(1)]) }),
    );
    expect(preview.counts).toEqual({ total: 2, valid: 1, repaired: 1, invalid: 0 });
    await importDocuments({ api, db }, preview, { accept: (document) => document.valid });
    expect(await jobById(db, sampleJob(0).id)).toBeUndefined();
    expect(await jobById(db, sampleJob(1).id)).toMatchObject({ origin: 'imported', approvedAtMs: null });
  });
});
