import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { importJobs } from '../../../../src-renderer/db/commands.ts';
import { exportJobs } from '../../../../src-renderer/sync/export.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';
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
