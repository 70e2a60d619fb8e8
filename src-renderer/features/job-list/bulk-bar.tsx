import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconX } from '../../components/icons.ts';
import type { JobRow } from '../../db/job-row.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { countOf } from '../../words/count-words.ts';
import { whatCanBeDone } from '../../words/what-can-be-done.ts';
import styles from './bulk-bar.module.css';

/** What can be done with several jobs at once. */
export function BulkBar({ rows, count }: { rows: readonly JobRow[]; count: number }) {
  const actions = useJobActions();
  const setSelection = useView((view) => view.setSelection);
  const can = whatCanBeDone(rows);
  const of = (may: (row: JobRow) => boolean) => rows.filter(may).map((row) => row.id);

  return (
    <div className={styles.bar} role="toolbar" aria-label={`${countOf(count, 'job')} selected`}>
      <span className={styles.count}>{countOf(count, 'job')} selected</span>
      {can.run ? (
        <Button variant="quiet" onClick={() => void actions.run(of((row) => whatCanBeDone([row]).run))}>
          Run
        </Button>
      ) : null}
      {can.cancel ? (
        <Button variant="quiet" onClick={() => void actions.cancel(of((row) => whatCanBeDone([row]).cancel))}>
          Cancel
        </Button>
      ) : null}
      {can.again ? (
        <Button
          variant="quiet"
          onClick={() => void actions.runAgain(of((row) => whatCanBeDone([row]).again))}
        >
          Run again
        </Button>
      ) : null}
      <Button variant="quiet" onClick={() => actions.exportJobs(rows.map((row) => row.id))}>
        Export
      </Button>
      {can.remove ? (
        <Button
          variant="quiet"
          onClick={() => {
            void actions.remove(rows.map((row) => row.id));
            setSelection(EMPTY_SELECTION);
          }}
        >
          Delete
        </Button>
      ) : null}
      <IconButton
        label="Clear selection"
        icon={<IconX size={16} />}
        onClick={() => setSelection(EMPTY_SELECTION)}
      />
    </div>
  );
}
