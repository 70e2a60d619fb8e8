import { memo } from 'react';
import { Button } from '../../components/button/button.tsx';
import { IconButton } from '../../components/button/icon-button.tsx';
import { IconX } from '../../components/icons.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackActions } from '../../services/use-callback-actions.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { EMPTY_SELECTION } from '../../store/selection.ts';
import { targetsOf } from '../../sync/callbacks.ts';
import { whatCanBeDoneWith } from '../../words/callback-words.ts';
import styles from './callback-list.module.css';

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
    <div className={styles.bulk} role="toolbar" aria-label={words}>
      <span className={styles.count}>{words}</span>
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
      <IconButton
        label="Clear selection"
        icon={<IconX size={16} />}
        onClick={() => setSelection(EMPTY_SELECTION)}
      />
    </div>
  );
});
