import { memo, useMemo } from 'react';
import { BulkBar } from '../../components/bulk-bar/bulk-bar.tsx';
import { Button } from '../../components/button/button.tsx';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { formatCount } from '../../words/count-words.ts';
import { possibleOf, type SelectedJobs } from './selected-jobs.ts';
import { useSelectMatching } from './use-select-matching.ts';

/** What can be done with several jobs at once. */
export const JobBulkBar = memo(function JobBulkBar(props: {
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
    <BulkBar
      words={words}
      meanwhile={matching.found === null ? undefined : `${formatCount(matching.found)} found…`}
      more={
        matching.found !== null ? (
          <Button variant="quiet" onClick={matching.stop}>
            Stop
          </Button>
        ) : props.hasMore && !matching.isDone ? (
          <Button variant="quiet" onClick={matching.start}>
            Select all that match
          </Button>
        ) : null
      }
      onClear={() => setSelection(EMPTY_SELECTION)}
    >
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
    </BulkBar>
  );
});
