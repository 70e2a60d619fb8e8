import { useLiveQuery } from 'dexie-react-hooks';
import { Tabs } from '../../components/tabs/tabs.tsx';
import { jobById } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { type DetailTab, useView } from '../../store/view-store.ts';
import { countOf } from '../../words/count-words.ts';
import { DetailHeader } from './detail-header.tsx';
import styles from './job-detail.module.css';
import { JsonTab } from './json/json-tab.tsx';
import { OutputTab } from './output/output-tab.tsx';
import { Overview } from './overview/overview.tsx';

const TABS: readonly { value: DetailTab; label: string }[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'output', label: 'Output' },
  { value: 'json', label: 'JSON' },
];

/** Everything about the job that is selected. */
export function JobDetail({ onBack }: { onBack?: (() => void) | undefined }) {
  const { db } = useServices();
  const active = useView((view) => view.selection.active);
  const selectedCount = useView((view) => view.selection.ids.size);
  const tab = useView((view) => view.tab);
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
  return (
    <div className={styles.detail}>
      <DetailHeader row={row} onBack={onBack} />
      <Tabs label="Job" value={tab} items={TABS} onChange={setTab}>
        {tab === 'overview' ? <Overview row={row} /> : null}
        {tab === 'output' ? <OutputTab key={row.id} row={row} /> : null}
        {tab === 'json' ? <JsonTab key={row.id} row={row} /> : null}
      </Tabs>
    </div>
  );
}
