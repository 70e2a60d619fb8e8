import { useLiveQuery } from 'dexie-react-hooks';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import { Tabs } from '../../components/tabs/tabs.tsx';
import { jobById } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { type DetailTab, useView } from '../../store/view-store.ts';
import { CallbackTab } from './callback/callback-tab.tsx';
import { useMainDelivery } from './callback/use-deliveries.ts';
import { DetailHeader } from './detail-header.tsx';
import { ItemsTab } from './items/items-tab.tsx';
import styles from './job-detail.module.css';
import { JsonTab } from './json/json-tab.tsx';
import { OutputTab } from './output/output-tab.tsx';
import { Overview } from './overview/overview.tsx';

const OVERVIEW = { value: 'overview', label: 'Overview' } as const;
const CALLBACK_TAB = { value: 'callback', label: 'Callback' } as const;
const JSON_TAB = { value: 'json', label: 'JSON' } as const;
/** What a batch printed is with its items. */
const GIVEN_TABS = {
  output: { value: 'output', label: 'Output' },
  items: { value: 'items', label: 'Items' },
} as const;

const NOTHING = {
  jobs: 'Select a job to see it here.',
  callbacks: 'Select a callback to see its job here.',
} as const;

/** Everything about the job that is selected. */
export function JobDetail({ onBack }: { onBack?: (() => void) | undefined }) {
  const { db } = useServices();
  const active = useView((view) => view.selection.active);
  const selectedCount = useView((view) => view.selection.ids.size);
  const chosen = useView((view) => view.tab);
  const setTab = useView((view) => view.setTab);
  const place = useView((view) => view.place);
  const row = useLiveQuery(
    async () => (active === null ? null : ((await jobById(db, active)) ?? null)),
    [db, active],
  );
  const delivery = useMainDelivery(active);

  if (selectedCount > 1 && onBack === undefined) {
    return <p className={styles.nothing}>Select one job alone to see it here.</p>;
  }
  // While the next job is read the one before it is not shown under its name.
  if (row === undefined || (row && row.id !== active)) return null;
  if (row === null || row.bucket === 'trash') return <p className={styles.nothing}>{NOTHING[place]}</p>;
  const isBatch = jobdeckOf(row.job)?.items !== undefined;
  // Between jobs of the two kinds, "what it gave" stays what is looked at.
  const given = isBatch ? 'items' : 'output';
  const hasCallback = row.job.callback_url !== null || (delivery ?? null) !== null;
  const tabs: { value: DetailTab; label: string }[] = [
    OVERVIEW,
    GIVEN_TABS[given],
    ...(hasCallback ? [CALLBACK_TAB] : []),
    JSON_TAB,
  ];
  const tab = tabToShow(chosen, given, hasCallback);
  return (
    <div className={styles.detail}>
      <DetailHeader row={row} delivery={delivery?.delivery ?? null} onBack={onBack} />
      <Tabs label="Job" value={tab} items={tabs} onChange={setTab}>
        {tab === 'overview' ? <Overview row={row} delivery={delivery?.delivery ?? null} /> : null}
        {tab === 'output' ? <OutputTab key={row.id} row={row} /> : null}
        {tab === 'items' ? <ItemsTab key={row.id} row={row} /> : null}
        {tab === 'callback' ? <CallbackTab key={row.id} row={row} /> : null}
        {tab === 'json' ? <JsonTab key={row.id} row={row} /> : null}
      </Tabs>
    </div>
  );
}

/** The tab that was chosen, or what this job has in its place. */
function tabToShow(chosen: DetailTab, given: 'items' | 'output', hasCallback: boolean): DetailTab {
  if (chosen === 'items' || chosen === 'output') return given;
  return chosen === 'callback' && !hasCallback ? 'overview' : chosen;
}
