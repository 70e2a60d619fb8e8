import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { useKeptReport } from './kept-report.ts';
import styles from './report-link.module.css';
import { saveKeptReport } from './save-report.ts';

/** Beside the words of what an import left out. Toasts are shown where there are no services. */
export function ReportLink(props: { api: Pick<JobdeckApi, 'reportImport' | 'closeImport'>; id: string }) {
  const { api, id } = props;
  const report = useKeptReport(api, id);
  if (report === undefined) return null;
  return (
    <button type="button" className={styles.link} onClick={() => void saveKeptReport(api, id, report)}>
      Save report…
    </button>
  );
}
