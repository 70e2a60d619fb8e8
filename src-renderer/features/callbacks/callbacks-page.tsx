import { useLiveQuery } from 'dexie-react-hooks';
import type { Ref } from 'react';
import { readDeliveryCounts } from '../../db/counters.ts';
import { useServices } from '../../services/services.tsx';
import { CallbackFilterBar } from './callback-filter-bar.tsx';
import { CallbackList } from './callback-list.tsx';
import { CallbackToolbar, type CallbackToolbarHandle } from './callback-toolbar.tsx';
import styles from './callbacks-page.module.css';

/** The callbacks of all jobs: what was delivered, what waits, and what needs care. */
export function CallbacksPage({ handle }: { handle: Ref<CallbackToolbarHandle> }) {
  const { db } = useServices();
  const counts = useLiveQuery(() => readDeliveryCounts(db), [db]);
  if (counts === undefined) return null;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className={styles.page}>
      <CallbackToolbar handle={handle} failed={counts.abandoned} />
      {total === 0 ? null : <CallbackFilterBar counts={counts} />}
      <CallbackList hasAny={total > 0} />
    </div>
  );
}
