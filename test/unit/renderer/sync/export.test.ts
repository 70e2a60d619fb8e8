import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { ExportRequest } from '#shared/contract/exports.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { factsOf, toRow } from '../../../../src-renderer/db/to-row.ts';
import { editRows } from '../../../../src-renderer/db/write-rows.ts';
import { exportJobs, exportResults } from '../../../../src-renderer/sync/export.ts';
import { createFakeJobdeck } from '../../../fakes/fake-jobdeck-api.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleHistory } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

const ALL = { view: { filter: 'all', search: '' } } as const;

function context() {
  return { ...createFakeJobdeck(), db: freshDatabase() };
}

function request(format: ExportRequest['format']): ExportRequest {
  return {
    format,
    packing: 'plain',
    redaction: { callbackUrls: false, metadataValues: false },
    suggestedName: 'jobs.ndjson',
  };
}

describe('an export', () => {
  it('of a view holds every job once, word for word, in pages that the bridge takes', async () => {
    const { api, db, exports } = context();
    const jobs = sampleHistory(1203);
    await importJobs(db, jobs);
    const counts: number[] = [];
    const report = await exportJobs({ api, db }, ALL, request('ndjson'), {
      onProgress: ({ count }) => counts.push(count),
    });
    expect(report).toMatchObject({ count: 1203, paths: ['/home/you/jobs.ndjson'] });
    expect(counts.at(-1)).toBe(1203);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    const lines = exports.files[0]?.text.trimEnd().split('\n') ?? [];
    expect(lines.map((line) => JSON.parse(line) as BatchJob)).toEqual([...jobs].reverse());
  });

  it('sends large records in small messages, and small ones in large messages', async () => {
    const { api, db } = context();
    const large = sampleHistory(12).map((job) => ({ ...job, metadata: { text: 'x'.repeat(500_000) } }));
    await importJobs(db, large);
    const sent: number[] = [];
    const write = vi.spyOn(api, 'writeExport');
    await exportJobs({ api, db }, ALL, request('ndjson'));
    for (const [{ jobs }] of write.mock.calls) {
      sent.push(jobs.length);
      expect(JSON.stringify(jobs).length).toBeLessThan(2_200_000);
    }
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(12);
    write.mockClear();
    const small = context();
    await importJobs(small.db, sampleHistory(3000));
    const writeSmall = vi.spyOn(small.api, 'writeExport');
    await exportJobs(small, ALL, request('ndjson'));
    expect(writeSmall.mock.calls.some(([{ jobs }]) => jobs.length === 1000)).toBe(true);
  });

  it('holds a job once that moves on in the list while it is read', async () => {
    const { api, db, exports } = context();
    const jobs = sampleHistory(100);
    await importJobs(db, jobs);
    const write = vi.spyOn(api, 'writeExport');
    write.mockImplementationOnce(async (first) => {
      const [job] = first.jobs;
      if (job !== undefined) {
        const metadata = { ...job.metadata, jobdeck: { version: 1 as const, name: 'zzz, the last' } };
        await editRows(db, [job.id], (row) => toRow({ ...job, metadata }, factsOf(row)));
      }
      return api.writeExport(first);
    });
    const sort = { column: 'name', direction: 'asc' } as const;
    await exportJobs({ api, db }, { view: { ...ALL.view, sort } }, request('ndjson'));
    const lines = exports.files[0]?.text.trimEnd().split('\n') ?? [];
    expect(new Set(lines.map((line) => (JSON.parse(line) as BatchJob).id)).size).toBe(100);
    expect(lines).toHaveLength(100);
  });

  it('of a selection holds its jobs in its order', async () => {
    const { api, db, exports } = context();
    const jobs = sampleHistory(4);
    await importJobs(db, jobs);
    const [first, second, , last] = jobs;
    const ids = [last, first, second].flatMap((job) => job?.id ?? []);
    await exportJobs({ api, db }, { ids }, request('array'));
    expect((JSON.parse(exports.files[0]?.text ?? '') as BatchJob[]).map((job) => job.id)).toEqual(ids);
  });

  it.each(['duration:>300', 'photos tag:""', 'statsu:failed'])(
    'of a view whose search is wrong or half typed writes no file: %s',
    async (search) => {
      const { api, db, exports } = context();
      await importJobs(db, sampleHistory(4));
      const view = { filter: 'all', search } as const;
      await expect(exportJobs({ api, db }, { view }, request('array'))).rejects.toMatchObject({
        code: 'bad-request',
      });
      expect(exports.files).toEqual([]);
      expect(exports.openCount).toBe(0);
    },
  );

  it('is nothing where the dialog was closed', async () => {
    const { api, db, dialogs, exports } = context();
    dialogs.exportIsChosen = false;
    expect(await exportJobs({ api, db }, ALL, request('array'))).toBeNull();
    expect(exports.files).toEqual([]);
  });

  it.each(['writeExport', 'finishExport'] as const)('leaves no file behind where %s fails', async (step) => {
    const { api, db, exports } = context();
    await importJobs(db, sampleHistory(2));
    const error = { code: 'disk-full', message: 'The disk is full.' } as const;
    vi.spyOn(api, step).mockResolvedValue({ ok: false, error });
    await expect(exportJobs({ api, db }, ALL, request('array'))).rejects.toMatchObject(error);
    expect(exports.openCount).toBe(0);
    expect(exports.files).toEqual([]);
  });

  it('that is stopped in the middle of a write that does not end leaves no file behind', async () => {
    const { api, db, exports } = context();
    await importJobs(db, sampleHistory(2));
    exports.holdsBack = true;
    const stop = new AbortController();
    const stopped = exportJobs({ api, db }, ALL, request('array'), {
      onProgress: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(exports.openCount).toBe(0);
    expect(exports.files).toEqual([]);
  });

  it('that was stopped while the dialog was open writes nothing', async () => {
    const { api, db, exports } = context();
    const write = vi.spyOn(api, 'writeExport');
    const stopped = exportJobs({ api, db }, ALL, request('array'), { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(write).not.toHaveBeenCalled();
    expect(exports.openCount).toBe(0);
  });
});

it('an export of results is left to the runner, and ends with what it says', async () => {
  const { api, exports } = context();
  const report = await exportResults(api, {
    jobIds: [sampleHistory(1)[0]?.id as BatchJob['id']],
    format: 'csv',
    isGzip: false,
    suggestedName: 'results.csv',
  });
  expect(report).toMatchObject({ count: 0, paths: ['/home/you/results.csv'] });
  expect(exports.files).toHaveLength(1);
});
