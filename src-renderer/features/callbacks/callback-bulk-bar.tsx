import { memo } from 'react';
import { BulkBar } from '../../components/bulk-bar/bulk-bar.tsx';
import { Button } from '../../components/button/button.tsx';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackActions } from '../../services/use-callback-actions.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { targetsOf } from '../../sync/callbacks.ts';
import { whatCanBeDoneWith } from '../../words/callback-words.ts';

/** What can be done with several callbacks at once. */
export const CallbackBulkBar = memo(function CallbackBulkBar(props: {
  rows: readonly DeliveryRow[];
  /** How many are selected, in words. */
  words: string;
}) {
  const { rows, words } = props;
  const actions = useCallbackActions();
  const setSelection = useCallbackView((view) => view.setSelection);
  const sendable = rows.filter((row) => whatCanBeDoneWith(row.state).send);
  const stoppable = rows.filter((row) => whatCanBeDoneWith(row.state).stop);
  return (
    <BulkBar words={words} onClear={() => setSelection(EMPTY_SELECTION)}>
      {sendable.length > 0 ? (
        <Button variant="quiet" onClick={() => void actions.send(targetsOf(sendable))}>
          Send again
        </Button>
      ) : null}
      {stoppable.length > 0 ? (
        <Button variant="quiet" onClick={() => void actions.stop(stoppable.map((row) => row.id))}>
          Stop
        </Button>
      ) : null}
    </BulkBar>
  );
});
