/**
 * The report of an import that is over: what main holds of its files is let go once nothing offers the report any
 * more, neither the toast that told of the import nor the list of imports.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { RepairKind } from '#shared/contract/documents.ts';

export interface KeptReport {
  /** Of what main holds. */
  importId: string;
  refused: readonly RepairKind[];
}

/** By the id that the import has in the history. */
export const useKeptReports = create<{ reports: ReadonlyMap<string, KeptReport> }>()(() => ({
  reports: new Map(),
}));

/** By the same id, how many offer it. */
const offers = new Map<string, number>();

/** To be followed by an offer at once: it is let go with the last of them. */
export function keepReport(id: string, report: KeptReport): void {
  change((reports) => reports.set(id, report));
}

/** @returns what ends the offer */
export function offerReport(api: Pick<JobdeckApi, 'closeImport'>, id: string): () => void {
  offers.set(id, (offers.get(id) ?? 0) + 1);
  return () => {
    const left = (offers.get(id) ?? 1) - 1;
    if (left > 0) {
      offers.set(id, left);
      return;
    }
    offers.delete(id);
    const report = useKeptReports.getState().reports.get(id);
    if (report === undefined) return;
    change((reports) => reports.delete(id));
    void api.closeImport({ importId: report.importId });
  };
}

/** The report of an import, where it can still be had; it can for as long as it is shown. */
export function useKeptReport(api: Pick<JobdeckApi, 'closeImport'>, id: string): KeptReport | undefined {
  const report = useKeptReports(({ reports }) => reports.get(id));
  const isKept = report !== undefined;
  useEffect(() => (isKept ? offerReport(api, id) : undefined), [api, id, isKept]);
  return report;
}

function change(make: (reports: Map<string, KeptReport>) => unknown): void {
  const reports = new Map(useKeptReports.getState().reports);
  make(reports);
  useKeptReports.setState({ reports });
}
