import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '#shared/contract/result.ts';
import {
  keepReport,
  offerReport,
  useKeptReports,
} from '../../../../../src-renderer/features/import/kept-report.ts';
import { saveKeptReport } from '../../../../../src-renderer/features/import/save-report.ts';

afterEach(() => useKeptReports.setState({ reports: new Map() }));

const closing = () => ({ closeImport: vi.fn(async () => ok({})) });
const kept = () => [...useKeptReports.getState().reports.keys()];
const REPORT = { importId: 'held', refused: ['date-time'] } as const;

describe('the report of an import that is over', () => {
  it('is there for as long as one of those who offer it is, and what is held for it is closed once', () => {
    const api = closing();
    keepReport('a', REPORT);
    const toast = offerReport(api, 'a');
    const list = offerReport(api, 'a');
    toast();
    expect([kept(), api.closeImport.mock.calls]).toEqual([['a'], []]);
    list();
    expect([kept(), api.closeImport.mock.calls]).toEqual([[], [[{ importId: 'held' }]]]);
    offerReport(api, 'a')();
    expect(api.closeImport).toHaveBeenCalledTimes(1);
  });

  it('is written to its end though the toast that offered it goes meanwhile', async () => {
    const chosen = Promise.withResolvers<ReturnType<typeof ok<null>>>();
    const api = { ...closing(), reportImport: vi.fn(() => chosen.promise) };
    keepReport('a', REPORT);
    const toast = offerReport(api, 'a');
    const saving = saveKeptReport(api, 'a', REPORT);
    toast();
    expect(api.closeImport).not.toHaveBeenCalled();
    chosen.resolve(ok(null));
    await saving;
    expect(api.reportImport).toHaveBeenCalledWith({ importId: 'held', refused: ['date-time'] });
    expect(api.closeImport).toHaveBeenCalledTimes(1);
  });
});
