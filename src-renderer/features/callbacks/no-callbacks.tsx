import { Button } from '../../components/button/button.tsx';
import { ALL_CALLBACKS, useCallbackView } from '../../store/callback-store.ts';
import { useDialog } from '../../store/dialog-store.ts';
import styles from './callback-list.module.css';

/** In the place of rows, where there are none. */
export function NoCallbacks(props: { hasAny: boolean; isReading: boolean }) {
  const setFilters = useCallbackView((view) => view.setFilters);
  const open = useDialog((state) => state.open);
  if (!props.hasAny) {
    return (
      <div className={styles.nothing}>
        <p>
          No callbacks yet. A job with a callback URL posts its result there when it has ended, and every
          attempt shows here. The receiver is there to try it out on this computer.
        </p>
        <Button onClick={() => open({ kind: 'receiver' })}>Open the receiver</Button>
      </div>
    );
  }
  if (props.isReading) return <p className={styles.nothing}>Searching…</p>;
  return (
    <div className={styles.nothing}>
      <p>No callback is like that.</p>
      <Button onClick={() => setFilters(ALL_CALLBACKS)}>Show all callbacks</Button>
    </div>
  );
}
