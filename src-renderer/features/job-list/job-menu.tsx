import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { copyText } from '../../components/copy-text.ts';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconCopy,
  IconFileExport,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconRotateClockwise,
  IconTrash,
} from '../../components/icons.ts';
import { showToast } from '../../components/toast/toast.tsx';
import type { BulkAction } from '../../services/bulk-actions.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import styles from './job-menu.module.css';
import { possibleOf, type SelectedJobs } from './selected-jobs.ts';

export interface MenuPlace {
  x: number;
  y: number;
}

/** The context menu of the jobs that are selected. */
export function JobMenu(props: { place: MenuPlace | null; selected: SelectedJobs; onClose: () => void }) {
  const { place, selected, onClose } = props;
  return (
    <Menu
      key={place ? `${place.x}/${place.y}` : 'closed'}
      opened={place !== null}
      onClose={onClose}
      position="bottom-start"
      offset={2}
      transitionProps={{ duration: 0 }}
      withinPortal
      returnFocus
    >
      <Menu.Target>
        <span
          className={styles.target}
          style={{ left: place?.x ?? 0, top: place?.y ?? 0 }}
          aria-hidden="true"
        />
      </Menu.Target>
      <Menu.Dropdown aria-label="Job">{place === null ? null : <Items selected={selected} />}</Menu.Dropdown>
    </Menu>
  );
}

/** Looked through only while it is open: there may be a hundred thousand. */
function Items({ selected }: { selected: SelectedJobs }) {
  const { ids } = selected;
  const { progress } = useServices();
  const actions = useJobActions();
  const setSelection = useView((view) => view.setSelection);
  const can = useMemo(() => possibleOf(selected, progress.of), [selected, progress]);
  const ask = (action: BulkAction) => () => void actions.toSelected(action, ids);
  return (
    <>
      {can.run ? (
        <Menu.Item leftSection={<IconPlayerPlayFilled size={14} />} onClick={ask('run')}>
          Run
        </Menu.Item>
      ) : null}
      {can.cancel ? (
        <Menu.Item leftSection={<IconPlayerStopFilled size={14} />} onClick={ask('cancel')}>
          Cancel
        </Menu.Item>
      ) : null}
      {can.first ? (
        <>
          <Menu.Item leftSection={<IconArrowBarToUp size={14} />} onClick={ask('first')}>
            Run next
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowBarToDown size={14} />} onClick={ask('last')}>
            Run last
          </Menu.Item>
        </>
      ) : null}
      {can.suspend ? (
        <Menu.Item leftSection={<IconPlayerPauseFilled size={14} />} onClick={ask('suspend')}>
          Suspend
        </Menu.Item>
      ) : null}
      {can.resume ? (
        <Menu.Item leftSection={<IconPlayerPlayFilled size={14} />} onClick={ask('resume')}>
          Continue
        </Menu.Item>
      ) : null}
      {can.again ? (
        <Menu.Item leftSection={<IconRotateClockwise size={14} />} onClick={ask('again')}>
          Run again
        </Menu.Item>
      ) : null}
      <Menu.Item leftSection={<IconFileExport size={14} />} onClick={() => actions.exportJobs(ids)}>
        Export
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={14} />}
        onClick={() =>
          void copyText(ids.join('\n')).then((copied) =>
            showToast(copied ? 'Copied.' : 'The clipboard could not be written.'),
          )
        }
      >
        {ids.length > 1 ? 'Copy ids' : 'Copy id'}
      </Menu.Item>
      {can.remove ? (
        <>
          <Menu.Divider />
          <Menu.Item
            data-danger
            leftSection={<IconTrash size={14} />}
            onClick={() => {
              void actions.toSelected('remove', ids);
              setSelection(EMPTY_SELECTION);
            }}
          >
            Delete
          </Menu.Item>
        </>
      ) : null}
    </>
  );
}
