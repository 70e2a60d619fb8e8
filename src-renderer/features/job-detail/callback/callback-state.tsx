import type { Delivery } from '#shared/callback/delivery.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { useView } from '../../../store/view-store.ts';
import { deliveryPhrase } from '../../../words/callback-words.ts';
import styles from './callback-state.module.css';

/** How the callback stands, in one phrase, with a way to all there is to know of it. */
export function CallbackState({ delivery }: { delivery: Delivery }) {
  const now = useNow(1000);
  const setTab = useView((view) => view.setTab);
  return (
    <button
      type="button"
      className={styles.phrase}
      data-state={delivery.state}
      onClick={() => setTab('callback')}
    >
      Callback: {deliveryPhrase(delivery, now)}
    </button>
  );
}
