import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import styles from './toast.module.css';
import { type ToastAction, ToastBody } from './toast-body.tsx';
import { ToastClock } from './toast-clock.ts';
import { offerUndo } from './undo-key.ts';

export interface ToastOptions {
  tone?: 'plain' | 'good' | 'bad';
  /** What follows the sentence, in smaller words. */
  detail?: ReactNode;
  /** One that is called "Undo" is also done by Ctrl+Z. */
  action?: ToastAction;
  /** Another thing to do about it, after the first. */
  secondAction?: ToastAction;
  /** Milliseconds in sight, with nobody at it; errors stay longer by themselves. */
  lastsMs?: number;
  /** The toast is gone, by its time or by hand, and neither of its actions was taken. */
  onUnused?: () => void;
}

/**
 * Says in a corner of the window how something went, with a thing or two to do about it. It stays while the pointer
 * or the focus is on it.
 */
export function showToast(sentence: string, options: ToastOptions = {}): void {
  const { tone = 'plain', detail, action, secondAction, onUnused } = options;
  const actions = [action, secondAction].filter((each) => each !== undefined);
  const lastsMs = options.lastsMs ?? (tone === 'bad' ? 12_000 : actions.length > 0 ? 8_000 : 5_000);
  const id = crypto.randomUUID();
  const clock = new ToastClock(lastsMs, () => notifications.hide(id));
  let isUsed = false;
  const take = (run: () => void) => {
    isUsed = true;
    notifications.hide(id);
    run();
  };
  const undo = actions.find(isUndo);
  const withdraw = undo && offerUndo(() => take(undo.run));
  notifications.show({
    id,
    // The toast has a clock of its own: the library's does not stop where the focus is on it.
    autoClose: false,
    withBorder: false,
    className: [styles.toast, styles[tone]].join(' '),
    closeButtonProps: { 'aria-label': 'Dismiss' },
    onClose: () => {
      clock.stop();
      withdraw?.();
      // After the library has taken it off: another toast may follow from it.
      if (!isUsed && onUnused) queueMicrotask(onUnused);
    },
    message: <ToastBody {...{ sentence, detail, actions, undo, clock }} onTake={take} />,
  });
}

function isUndo({ label }: ToastAction): boolean {
  return label === 'Undo';
}
