import { type Ref, useImperativeHandle, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconFileExport, IconFileImport, IconPlus, IconSearch, IconX } from '../../components/icons.ts';
import { useView } from '../../store/view-store.ts';
import styles from './toolbar.module.css';

export interface ToolbarHandle {
  focusSearch(): void;
}

/** Above the list: search, and the ways in and out. */
export function Toolbar(props: {
  onNewJob: () => void;
  onImport: () => void;
  onExport: () => void;
  handle: Ref<ToolbarHandle>;
}) {
  const search = useView((view) => view.search);
  const setSearch = useView((view) => view.setSearch);
  const field = useRef<HTMLInputElement>(null);
  useImperativeHandle(
    props.handle,
    () => ({
      focusSearch() {
        // In a narrow window the detail may lie over the list: what is hidden takes no focus.
        flushSync(() => useView.getState().setDetailOpen(false));
        field.current?.select();
      },
    }),
    [],
  );

  return (
    <div className={styles.toolbar}>
      <search className={styles.search}>
        <IconSearch size={15} className={styles.glass} aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label="Search jobs"
          placeholder="Search, or status:failed tag:photos"
          className={styles.field}
          value={search}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (search !== '') setSearch('');
            else leave(event.currentTarget);
          }}
        />
        {search === '' ? null : (
          <button
            type="button"
            className={styles.clear}
            aria-label="Clear search"
            onClick={() => {
              setSearch('');
              field.current?.focus();
            }}
          >
            <IconX size={14} />
          </button>
        )}
      </search>
      <IconButton
        label="Import"
        hint="I"
        icon={<IconFileImport size={17} stroke={1.75} />}
        onClick={props.onImport}
      />
      <IconButton
        label="Export"
        hint="E"
        icon={<IconFileExport size={17} stroke={1.75} />}
        onClick={props.onExport}
      />
      <Button variant="primary" icon={<IconPlus size={15} stroke={2.25} />} onClick={props.onNewJob}>
        New job
      </Button>
    </div>
  );
}

/** From the search to the list, whose keys work there at once. */
function leave(field: HTMLInputElement): void {
  const list = document.querySelector<HTMLElement>('main [role=grid]');
  if (list === null) field.blur();
  else list.focus({ preventScroll: true });
}
