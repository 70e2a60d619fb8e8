/** What the page is told of the runner and the receiver without asking. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Push, Pushes } from '#shared/contract/channels.ts';
import type { Receiver } from '../adapters/receiver/receiver.ts';
import type { Runner } from '../core/runner-types.ts';

/** At most ten of a kind a second reach the page. */
const INTERVAL_MS = 100;

type Send = <P extends Push>(push: P, payload: Pushes[P]) => void;

/**
 * Rings at each commit and tells each change of the status and of the receiver; what comes faster than ten times a second is told
 * once, in its newest state.
 */
export function pushRunner(
  runner: Pick<Runner, 'onEvents' | 'onStatus'>,
  receiver: Pick<Receiver, 'onChanged'>,
  send: Send,
): Disposer {
  const doorbell = newestOf<Pushes['outbox:grew']>((payload) => send('outbox:grew', payload));
  const status = newestOf<Pushes['runner:changed']>((payload) => send('runner:changed', payload));
  const received = newestOf<Pushes['receiver:changed']>((payload) => send('receiver:changed', payload));
  const unsubscribeEvents = runner.onEvents((events) => {
    const newest = events.at(-1);
    if (newest) doorbell.offer({ journalId: newest.journalId, seq: newest.seq });
  });
  const unsubscribeStatus = runner.onStatus(status.offer);
  const unsubscribeReceiver = receiver.onChanged(received.offer);
  return () => {
    unsubscribeEvents();
    unsubscribeStatus();
    unsubscribeReceiver();
    doorbell.stop();
    status.stop();
    received.stop();
  };
}

/** Tells the first at once, and after that the newest of each interval. */
function newestOf<T>(tell: (value: T) => void): { offer: (value: T) => void; stop: Disposer } {
  let timer: NodeJS.Timeout | null = null;
  let waiting: { value: T } | null = null;
  const next = (): void => {
    timer = null;
    if (waiting === null) return;
    const { value } = waiting;
    waiting = null;
    timer = setTimeout(next, INTERVAL_MS);
    tell(value);
  };
  return {
    offer(value) {
      waiting = { value };
      if (timer === null) next();
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = null;
    },
  };
}
