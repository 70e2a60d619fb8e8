import { memo, useMemo } from 'react';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconX } from '../../components/icons.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './bulk-bar.module.css';
import { possibleOf, type SelectedJobs } from './selected-jobs.ts';
import { useSelectMatching } from './use-select-matching.ts';

/** What can be done with several jobs at once. */
export const BulkBar = memo(function BulkBar(props: {
  selected: SelectedJobs;
  /** How many are selected, in words. */
  words: string;
  /** Whether the view has more than is loaded, and the history knows what. */
  hasMore: boolean;
}) {
  const { selected, words } = props;
  const { ids } = selected;
  const { progress } = useServices();
  const actions = useJobActions();
  const matching = useSelectMatching();
  const setSelection = useView((view) => view.setSelection);
  const can = useMemo(() => possibleOf(selected, progress.of), [selected, progress]);

  return (
    <div className={styles.bar} role="toolbar" aria-label={words}>
      <span className={styles.group}>
        <span className={styles.count}>
          {matching.found === null ? words : `${formatCount(matching.found)} found…`}
        </span>
        {matching.found !== null ? (
          <Button variant="quiet" onClick={matching.stop}>
            Stop
          </Button>
        ) : props.hasMore && !matching.isDone ? (
          <Button variant="quiet" onClick={matching.start}>
            Select all that match
          </Button>
        ) : null}
      </span>
      <span className={styles.group}>
        {can.run ? (
          <Button variant="quiet" onClick={() => void actions.toSelected('run', ids)}>
            Run
          </Button>
        ) : null}
        {can.cancel ? (
          <Button variant="quiet" onClick={() => void actions.toSelected('cancel', ids)}>
            Cancel
          </Button>
        ) : null}
        {can.again ? (
          <Button variant="quiet" onClick={() => void actions.toSelected('again', ids)}>
            Run again
          </Button>
        ) : null}
        <Button variant="quiet" onClick={() => actions.exportJobs(ids)}>
          Export
        </Button>
        {can.remove ? (
          <Button
            variant="quiet"
            onClick={() => {
              void actions.toSelected('remove', ids);
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
      </span>
    </div>
  );
});
