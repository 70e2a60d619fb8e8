import { type Ref, useImperativeHandle, useRef } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconFileExport, IconFileImport, IconPlus } from '../../components/icons.ts';
import { useView } from '../../store/view-store.ts';
import { SearchBox } from './search/search-box.tsx';
import styles from './toolbar.module.css';

export interface ToolbarHandle {
  focusSearch(): void;
}

/** Above the list: search, and the ways in and out. */
export function Toolbar(props: {
  onNewJob: () => void;
  onImport: () => void;
  onExport: () => void;
  onSaveView: () => void;
  handle: Ref<ToolbarHandle>;
}) {
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
      <SearchBox field={field} onSave={props.onSaveView} />
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
