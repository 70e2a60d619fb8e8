import { Menu } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { IconButton } from '../../components/button/icon-button.tsx';
import {
  IconArrowDown,
  IconArrowUp,
  IconBookmark,
  IconDots,
  IconPencil,
  IconTrash,
} from '../../components/icons.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { isSort, NEWEST_FIRST } from '../../db/order.ts';
import { moveView, removeView, renameView, restoreView, type ViewRow } from '../../db/views.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { isFilter, useView } from '../../store/view-store.ts';
import { UpdateItem } from './update-item.tsx';
import styles from './view-list.module.css';
import { ViewName } from './view-name.tsx';
import { useViewNaming } from './views-store.ts';

/** A view: press it to see what it holds; its menu names, changes, moves and deletes it. */
export function ViewItem(props: {
  view: ViewRow;
  isFirst: boolean;
  isLast: boolean;
  /** Called before it goes. */
  onRemove: () => void;
}) {
  const { view, isFirst, isLast } = props;
  const { db } = useServices();
  const isShown = useView((state) => state.place === 'jobs' && state.savedView === view.id);
  const showView = useView((state) => state.showView);
  const naming = useViewNaming((state) => state.naming);
  const setNaming = useViewNaming((state) => state.setNaming);
  const button = useRef<HTMLButtonElement>(null);
  const isNaming = naming === view.id;
  /** True where the field in which it was named has gone with the focus. */
  const takesFocus = useRef(false);
  useLayoutEffect(() => {
    if (isNaming || !takesFocus.current) return;
    takesFocus.current = false;
    button.current?.focus({ preventScroll: true });
  }, [isNaming]);
  const tell = (what: string) => (error: unknown) => showError(`The view could not be ${what}.`, error);

  const remove = async () => {
    props.onRemove();
    const removed = await removeView(db, view.id);
    if (removed === undefined) return;
    showToast(`“${view.name}” is deleted.`, {
      action: { label: 'Undo', run: () => void restoreView(db, removed).catch(tell('brought back')) },
    });
  };

  if (isNaming) {
    return (
      <li className={styles.view}>
        <ViewName
          name={view.name}
          onDone={(name, byKey) => {
            takesFocus.current = byKey;
            setNaming(null);
            if (name !== null) void renameView(db, view.id, name).catch(tell('renamed'));
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.view}>
      <button
        ref={button}
        type="button"
        className={styles.item}
        aria-current={isShown ? 'page' : undefined}
        title={view.search === '' ? undefined : view.search}
        onClick={() =>
          showView({
            ...view,
            filter: isFilter(view.filter) ? view.filter : 'all',
            sort: isSort(view.sort) ? view.sort : NEWEST_FIRST,
          })
        }
        onDoubleClick={() => setNaming(view.id)}
      >
        <IconBookmark size={14} stroke={1.75} aria-hidden="true" className={styles.icon} />
        <span className={styles.label}>{view.name}</span>
      </button>
      <Menu position="bottom-end" offset={2} transitionProps={{ duration: 0 }} withinPortal returnFocus>
        <Menu.Target>
          <IconButton
            label={`More for the view ${view.name}`}
            className={styles.small}
            icon={<IconDots size={14} />}
          />
        </Menu.Target>
        <Menu.Dropdown aria-label="View">
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setNaming(view.id)}>
            Rename
          </Menu.Item>
          <UpdateItem view={view} />
          <Menu.Item
            leftSection={<IconArrowUp size={14} />}
            disabled={isFirst}
            onClick={() => void moveView(db, view.id, -1).catch(tell('moved'))}
          >
            Move up
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} />}
            disabled={isLast}
            onClick={() => void moveView(db, view.id, 1).catch(tell('moved'))}
          >
            Move down
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={14} />}
            onClick={() => void remove().catch(tell('deleted'))}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
