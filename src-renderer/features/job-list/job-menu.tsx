import { Menu } from '@mantine/core';
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
import { isInRunner, type JobRow } from '../../db/job-row.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { whatCanBeDone } from '../../words/what-can-be-done.ts';
import styles from './job-menu.module.css';

export interface MenuPlace {
  x: number;
  y: number;
}

/** The context menu of the jobs that are selected. */
export function JobMenu(props: { place: MenuPlace | null; rows: readonly JobRow[]; onClose: () => void }) {
  const { place, rows, onClose } = props;
  const { progress } = useServices();
  const actions = useJobActions();
  const setSelection = useView((view) => view.setSelection);
  const can = whatCanBeDone(rows);
  const ids = rows.map((row) => row.id);
  const isSuspended = (row: JobRow) => progress.of(row.id)?.suspended === true;
  const running = rows.filter((row) => isInRunner(row) && row.status === 'running');
  const waiting = rows.filter((row) => isInRunner(row) && row.status === 'pending').map((row) => row.id);
  const suspendable = running.filter((row) => !isSuspended(row)).map((row) => row.id);
  const suspended = running.filter(isSuspended).map((row) => row.id);
  const of = (may: (row: JobRow) => boolean) => rows.filter(may).map((row) => row.id);

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
      <Menu.Dropdown aria-label="Job">
        {can.run ? (
          <Menu.Item
            leftSection={<IconPlayerPlayFilled size={14} />}
            onClick={() => void actions.run(of((row) => whatCanBeDone([row]).run))}
          >
            Run
          </Menu.Item>
        ) : null}
        {can.cancel ? (
          <Menu.Item
            leftSection={<IconPlayerStopFilled size={14} />}
            onClick={() => void actions.cancel(of((row) => whatCanBeDone([row]).cancel))}
          >
            Cancel
          </Menu.Item>
        ) : null}
        {waiting.length > 0 ? (
          <>
            <Menu.Item
              leftSection={<IconArrowBarToUp size={14} />}
              onClick={() => void actions.moveTo('first', waiting)}
            >
              Run next
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowBarToDown size={14} />}
              onClick={() => void actions.moveTo('last', waiting)}
            >
              Run last
            </Menu.Item>
          </>
        ) : null}
        {suspendable.length > 0 ? (
          <Menu.Item
            leftSection={<IconPlayerPauseFilled size={14} />}
            onClick={() => void actions.suspend(suspendable)}
          >
            Suspend
          </Menu.Item>
        ) : null}
        {suspended.length > 0 ? (
          <Menu.Item
            leftSection={<IconPlayerPlayFilled size={14} />}
            onClick={() => void actions.resume(suspended)}
          >
            Continue
          </Menu.Item>
        ) : null}
        {can.again ? (
          <Menu.Item
            leftSection={<IconRotateClockwise size={14} />}
            onClick={() => void actions.runAgain(of((row) => whatCanBeDone([row]).again))}
          >
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
                void actions.remove(ids);
                setSelection(EMPTY_SELECTION);
              }}
            >
              Delete
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
