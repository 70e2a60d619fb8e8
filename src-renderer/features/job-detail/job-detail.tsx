import { useLiveQuery } from 'dexie-react-hooks';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { Tabs } from '../../components/tabs/tabs.tsx';
import { jobById } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { type DetailTab, useView } from '../../store/view-store.ts';
import { countOf } from '../../words/count-words.ts';
import { DetailHeader } from './detail-header.tsx';
import { ItemsTab } from './items/items-tab.tsx';
import styles from './job-detail.module.css';
import { JsonTab } from './json/json-tab.tsx';
import { OutputTab } from './output/output-tab.tsx';
import { Overview } from './overview/overview.tsx';

const OVERVIEW = { value: 'overview', label: 'Overview' } as const;
const JSON_TAB = { value: 'json', label: 'JSON' } as const;
/** What a batch printed is with its items. */
const TABS: Record<'job' | 'batch', readonly { value: DetailTab; label: string }[]> = {
  job: [OVERVIEW, { value: 'output', label: 'Output' }, JSON_TAB],
  batch: [OVERVIEW, { value: 'items', label: 'Items' }, JSON_TAB],
};

/** Everything about the job that is selected. */
export function JobDetail({ onBack }: { onBack?: (() => void) | undefined }) {
  const { db } = useServices();
  const active = useView((view) => view.selection.active);
  const selectedCount = useView((view) => view.selection.ids.size);
  const chosen = useView((view) => view.tab);
  const setTab = useView((view) => view.setTab);
  const row = useLiveQuery(
    async () => (active === null ? null : ((await jobById(db, active)) ?? null)),
    [db, active],
  );

  if (selectedCount > 1 && onBack === undefined) {
    return <p className={styles.nothing}>{countOf(selectedCount, 'job')} selected</p>;
  }
  // While the next job is read the one before it is not shown under its name.
  if (row === undefined || (row && row.id !== active)) return null;
  if (row === null || row.bucket === 'trash')
    return <p className={styles.nothing}>Select a job to see it here.</p>;
  const isBatch = jobdeckOf(row.job)?.items !== undefined;
  const tabs = TABS[isBatch ? 'batch' : 'job'];
  // Between jobs of the two kinds, "what it gave" stays what is looked at.
  const given = isBatch ? 'items' : 'output';
  const tab = chosen === 'items' || chosen === 'output' ? given : chosen;
  return (
    <div className={styles.detail}>
      <DetailHeader row={row} onBack={onBack} />
      <Tabs label="Job" value={tab} items={tabs} onChange={setTab}>
        {tab === 'overview' ? <Overview row={row} /> : null}
        {tab === 'output' ? <OutputTab key={row.id} row={row} /> : null}
        {tab === 'items' ? <ItemsTab key={row.id} row={row} /> : null}
        {tab === 'json' ? <JsonTab key={row.id} row={row} /> : null}
      </Tabs>
    </div>
  );
}
