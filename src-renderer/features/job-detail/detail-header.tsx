import { Menu } from '@mantine/core';
import type { Delivery } from '#shared/callback/delivery.ts';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { focusList } from '../../components/focus-list.ts';
import { formatElapsed } from '../../components/format/duration.ts';
import { useNow } from '../../components/format/use-now.ts';
import {
  IconArrowLeft,
  IconCopy,
  IconDots,
  IconFileExport,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconRotateClockwise,
  IconTrash,
} from '../../components/icons.ts';
import { StatusChip } from '../../components/status-icon/status-chip.tsx';
import { showToast } from '../../components/toast/toast.tsx';
import { isInRunner, type JobRow } from '../../db/job-row.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useProgress } from '../../services/use-progress.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { lookOf, lookWord, needsApproval, runningSinceMs, stateText } from '../../words/status-words.ts';
import { waitSentence } from '../../words/wait-words.ts';
import { whatCanBeDone } from '../../words/what-can-be-done.ts';
import { CallbackState } from './callback/callback-state.tsx';
import styles from './detail-header.module.css';

/** The job's name, how it stands, and what can be done with it. */
export function DetailHeader(props: {
  row: JobRow;
  /** Says how its callback stands; null where it has none. */
  delivery: Delivery | null;
  onBack?: (() => void) | undefined;
}) {
  const { row, delivery, onBack } = props;
  const actions = useJobActions();
  const setSelection = useView((view) => view.setSelection);
  const setDetailOpen = useView((view) => view.setDetailOpen);
  const can = whatCanBeDone([row]);
  const ids = [row.id];
  const progress = useProgress(row.id, isInRunner(row));
  const SuspendIcon = progress?.suspended ? IconPlayerPlayFilled : IconPlayerPauseFilled;
  const canSuspend = isInRunner(row) && row.status === 'running';

  const remove = async () => {
    setSelection(EMPTY_SELECTION);
    setDetailOpen(false);
    await actions.remove(ids);
    // The menu has given it back to its button, which has gone meanwhile.
    if (document.activeElement === document.body) focusList();
  };

  return (
    <header className={styles.header}>
      <div className={styles.top}>
        {onBack ? (
          <IconButton label="Back to the list" icon={<IconArrowLeft size={17} />} onClick={onBack} />
        ) : null}
        <h1 className={styles.name} title={row.name}>
          {row.name}
        </h1>
        {can.run ? (
          <Button
            variant="primary"
            icon={<IconPlayerPlayFilled size={13} />}
            onClick={() => void actions.run(ids)}
          >
            {needsApproval(row) ? 'Review and run' : 'Run'}
          </Button>
        ) : null}
        {can.cancel ? (
          <Button icon={<IconPlayerStopFilled size={13} />} onClick={() => void actions.cancel(ids)}>
            Cancel
          </Button>
        ) : null}
        {can.again ? (
          <Button icon={<IconRotateClockwise size={15} />} onClick={() => void actions.runAgain(ids)}>
            Run again
          </Button>
        ) : null}
        <Menu position="bottom-end" offset={4} transitionProps={{ duration: 0 }} withinPortal>
          <Menu.Target>
            <IconButton label="More actions" icon={<IconDots size={17} />} />
          </Menu.Target>
          <Menu.Dropdown aria-label="More actions">
            {canSuspend ? (
              <Menu.Item
                leftSection={<SuspendIcon size={15} />}
                onClick={() => void (progress?.suspended ? actions.resume(ids) : actions.suspend(ids))}
              >
                {progress?.suspended ? 'Continue' : 'Suspend'}
              </Menu.Item>
            ) : null}
            <Menu.Item leftSection={<IconFileExport size={15} />} onClick={() => actions.exportJobs(ids)}>
              Export
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={15} />}
              onClick={() =>
                void copyText(row.id).then((copied) =>
                  showToast(copied ? 'Id copied.' : 'The clipboard could not be written.'),
                )
              }
            >
              Copy id
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              data-danger
              disabled={!can.remove}
              leftSection={<IconTrash size={15} />}
              onClick={() => void remove()}
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={styles.under}>
        <StatusChip look={lookOf(row)}>{lookWord(lookOf(row))}</StatusChip>
        <Standing row={row} progress={progress} />
        {delivery === null ? null : <CallbackState delivery={delivery} />}
        {row.tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </div>
    </header>
  );
}

/** Beside the status: since when, what it waits for, or how it ended. */
function Standing({ row, progress }: { row: JobRow; progress: JobProgress | null }) {
  const now = useNow(1000);
  const words = standingWords(row, progress, now);
  return words === null ? null : <span className={styles.standing}>{words}</span>;
}

function standingWords(row: JobRow, progress: JobProgress | null, now: number): string | null {
  if (needsApproval(row)) return 'Imported, needs approval';
  if (progress?.suspended) return 'Suspended: its processes stand still';
  if (progress?.waitsFor) {
    const until = progress.waitsUntil === null ? null : Date.parse(progress.waitsUntil);
    const sentence = waitSentence(progress.waitsFor);
    return until === null || until <= now ? sentence : `${sentence}, ${formatElapsed(until - now)} left`;
  }
  const look = lookOf(row);
  const since = look === 'running' ? runningSinceMs(row.job) : null;
  if (since !== null) return formatElapsed(now - since);
  // Beside the chip that says failed: how, where that is known.
  const how = look === 'failed' ? stateText(row) : 'failed';
  return how === 'failed' ? null : how;
}
