import { useLiveQuery } from 'dexie-react-hooks';
import type { ReactNode } from 'react';
import { IconKeyboard, IconSettings, IconWebhook } from '../../components/icons.ts';
import { readDeliveryCounts } from '../../db/counters.ts';
import { viewCounts } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useDialog } from '../../store/dialog-store.ts';
import { type Filter, useView } from '../../store/view-store.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { FILTER_WORDS } from '../../words/filter-words.ts';
import { QueueList } from './queue-list.tsx';
import { RunnerLine } from './runner-line.tsx';
import styles from './sidebar.module.css';

const FILTERS = Object.keys(FILTER_WORDS) as Filter[];

/**
 * Where one goes: the lists of jobs, and below them the settings and how the runner is.
 * @param views the saved views, below the lists
 */
export function Sidebar({ views }: { views: ReactNode }) {
  const { db } = useServices();
  const counts = useLiveQuery(() => viewCounts(db), [db]);
  const chosen = useView((view) => (view.savedView === null ? view.filter : null));
  const place = useView((view) => view.place);
  const setFilter = useView((view) => view.setFilter);
  const open = useDialog((state) => state.open);

  return (
    <div className={styles.sidebar}>
      <nav aria-label="Jobs and queues" className={styles.nav}>
        <h2 className={styles.heading}>Jobs</h2>
        <ul className={styles.list}>
          {FILTERS.map((filter) => {
            const count = counts?.[filter] ?? 0;
            return (
              <li key={filter}>
                <button
                  type="button"
                  className={styles.item}
                  aria-current={place === 'jobs' && filter === chosen ? 'page' : undefined}
                  onClick={() => setFilter(filter)}
                >
                  <span className={styles.label}>{FILTER_WORDS[filter]}</span>
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
        {views}
        <CallbacksEntry />
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

/** The page of callbacks, with how many of them need their owner: those given up, and those that are held. */
function CallbacksEntry() {
  const { db } = useServices();
  const counts = useLiveQuery(() => readDeliveryCounts(db), [db]);
  const place = useView((view) => view.place);
  const setPlace = useView((view) => view.setPlace);
  const needing = counts === undefined ? 0 : counts.abandoned + counts.held;
  return (
    <ul className={`${styles.list} ${styles.apart}`}>
      <li>
        <button
          type="button"
          className={styles.item}
          aria-current={place === 'callbacks' ? 'page' : undefined}
          title={needing > 0 ? `${countOf(needing, 'callback')} given up or held` : undefined}
          onClick={() => setPlace('callbacks')}
        >
          <IconWebhook size={16} stroke={1.75} aria-hidden="true" />
          <span className={styles.label}>Callbacks</span>
          {needing > 0 ? (
            <span className={`${styles.count} ${styles.care}`}>{formatCount(needing)}</span>
          ) : null}
        </button>
      </li>
    </ul>
  );
}
