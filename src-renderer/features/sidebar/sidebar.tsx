import { useLiveQuery } from 'dexie-react-hooks';
import { IconKeyboard, IconSettings } from '../../components/icons.ts';
import { viewCounts } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useDialog } from '../../store/dialog-store.ts';
import { type Filter, useView } from '../../store/view-store.ts';
import { formatCount } from '../../words/count-words.ts';
import { QueueList } from './queue-list.tsx';
import { RunnerLine } from './runner-line.tsx';
import styles from './sidebar.module.css';

const FILTERS: readonly { filter: Filter; label: string }[] = [
  { filter: 'all', label: 'All' },
  { filter: 'active', label: 'Active' },
  { filter: 'scheduled', label: 'Scheduled' },
  { filter: 'created', label: 'Saved' },
  { filter: 'failed', label: 'Failed' },
  { filter: 'completed', label: 'Done' },
  { filter: 'cancelled', label: 'Cancelled' },
];

/** Where one goes: the lists of jobs, and below them the settings and how the runner is. */
export function Sidebar() {
  const { db } = useServices();
  const counts = useLiveQuery(() => viewCounts(db), [db]);
  const chosen = useView((view) => view.filter);
  const setFilter = useView((view) => view.setFilter);
  const open = useDialog((state) => state.open);

  return (
    <div className={styles.sidebar}>
      <nav aria-label="Jobs and queues" className={styles.nav}>
        <h2 className={styles.heading}>Jobs</h2>
        <ul className={styles.list}>
          {FILTERS.map(({ filter, label }) => {
            const count = counts?.[filter] ?? 0;
            return (
              <li key={filter}>
                <button
                  type="button"
                  className={styles.item}
                  aria-current={filter === chosen ? 'page' : undefined}
                  onClick={() => setFilter(filter)}
                >
                  <span className={styles.label}>{label}</span>
                  {count > 0 ? (
                    <span className={`${styles.count} ${filter === 'active' ? styles.live : ''}`}>
                      {formatCount(count)}
                    </span>
                  ) : null}
                </button>
              </li>
            );
          })}
        </ul>
        <QueueList />
      </nav>
      <div className={styles.foot}>
        <button type="button" className={styles.item} onClick={() => open({ kind: 'settings' })}>
          <IconSettings size={16} stroke={1.75} aria-hidden="true" />
          <span className={styles.label}>Settings</span>
        </button>
        <button type="button" className={styles.item} onClick={() => open({ kind: 'shortcuts' })}>
          <IconKeyboard size={16} stroke={1.75} aria-hidden="true" />
          <span className={styles.label}>Shortcuts</span>
        </button>
        <RunnerLine />
      </div>
    </div>
  );
}
