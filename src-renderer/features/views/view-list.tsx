import { useLiveQuery } from 'dexie-react-hooks';
import { listViews } from '../../db/views.ts';
import { useServices } from '../../services/services.tsx';
import { ViewItem } from './view-item.tsx';
import styles from './view-list.module.css';

/** The saved views; nothing while there are none. */
export function ViewList() {
  const { db } = useServices();
  const views = useLiveQuery(() => listViews(db), [db]) ?? [];
  if (views.length === 0) return null;
  return (
    <section aria-label="Views">
      <h2 className={styles.heading}>Views</h2>
      <ul className={styles.list}>
        {views.map((view, index) => (
          <ViewItem key={view.id} view={view} isFirst={index === 0} isLast={index === views.length - 1} />
        ))}
      </ul>
    </section>
  );
}
