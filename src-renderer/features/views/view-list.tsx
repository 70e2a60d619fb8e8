import { useLiveQuery } from 'dexie-react-hooks';
import { useRef } from 'react';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconPlus } from '../../components/icons.ts';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import { listViews } from '../../db/views.ts';
import { useServices } from '../../services/services.tsx';
import { useView } from '../../store/view-store.ts';
import { saveCurrentView } from './save-current-view.ts';
import { useSaveViewKey } from './use-save-view-key.ts';
import { ViewItem } from './view-item.tsx';
import styles from './view-list.module.css';

/** The saved views, and a button that saves what the list shows as one more. */
export function ViewList() {
  const { db } = useServices();
  const views = useLiveQuery(() => listViews(db), [db]) ?? [];
  const isOfJobs = useView((state) => state.place === 'jobs');
  const section = useRef<HTMLElement>(null);
  useKeptFocus(section);
  useSaveViewKey();
  return (
    <section ref={section} tabIndex={-1} aria-label="Views" className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>Views</h2>
        <IconButton
          label="Save what is shown as a view"
          hint="V"
          className={styles.add}
          icon={<IconPlus size={14} />}
          disabled={!isOfJobs}
          onClick={() => void saveCurrentView(db)}
        />
      </div>
      {views.length === 0 ? null : (
        <ul className={styles.list}>
          {views.map((view, index) => (
            <ViewItem
              key={view.id}
              view={view}
              isFirst={index === 0}
              isLast={index === views.length - 1}
              // Its menu gives the focus back to it, and it is gone then.
              onRemove={() => section.current?.focus({ preventScroll: true })}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
