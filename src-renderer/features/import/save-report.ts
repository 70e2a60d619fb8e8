import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { unwrap } from '#shared/contract/result.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { showError } from '../../services/show-error.ts';
import { countOf } from '../../words/count-words.ts';
import { type KeptReport, offerReport } from './kept-report.ts';

type ReportApi = Pick<JobdeckApi, 'reportImport' | 'closeImport'>;

/** Writes which documents are left out, and why, to a file that the person chooses. Never rejects. */
export async function saveReport(api: ReportApi, { importId, refused }: KeptReport): Promise<void> {
  try {
    const written = unwrap(await api.reportImport({ importId, refused: [...refused] }));
    if (written === null) return;
    showToast(`A report of ${countOf(written.count, 'document')} was saved.`, { detail: written.path });
  } catch (error) {
    showError('The report could not be saved.', error);
  }
}

/** The same of an import that is over: it is kept until the report is written, whatever becomes of what offered it. */
export async function saveKeptReport(api: ReportApi, id: string, report: KeptReport): Promise<void> {
  const letGo = offerReport(api, id);
  await saveReport(api, report);
  letGo();
}
