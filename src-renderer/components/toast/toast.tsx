import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import styles from './toast.module.css';

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface ToastOptions {
  tone?: 'plain' | 'good' | 'bad';
  /** What follows the sentence, in smaller words. */
  detail?: ReactNode;
  action?: ToastAction;
  /** Another thing to do about it, after the first. */
  secondAction?: ToastAction;
  /** Milliseconds; errors stay longer by themselves. */
  lastsMs?: number;
}

/** Says in a corner of the window how something went, with a thing or two to do about it. */
export function showToast(sentence: string, options: ToastOptions = {}): void {
  const { tone = 'plain', detail, action, secondAction } = options;
  const actions = [action, secondAction].filter((each) => each !== undefined);
  const id = crypto.randomUUID();
  notifications.show({
    id,
    autoClose: options.lastsMs ?? (tone === 'bad' ? 12_000 : actions.length > 0 ? 8_000 : 5_000),
    withBorder: false,
    className: [styles.toast, styles[tone]].join(' '),
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <span className={styles.row}>
        <span className={styles.words}>
          <span className={styles.sentence}>{sentence}</span>
          {detail ? <span className={styles.detail}>{detail}</span> : null}
        </span>
        {actions.length === 0 ? null : (
          <span className={styles.actions}>
            {actions.map(({ label, run }) => (
              <button
                key={label}
                type="button"
                className={styles.action}
                onClick={() => {
                  notifications.hide(id);
                  run();
                }}
              >
                {label}
              </button>
            ))}
          </span>
        )}
      </span>
    ),
  });
}

/** An error, in the sentence it came with. */
export function showError(what: string, error: unknown): void {
  showToast(what, { tone: 'bad', detail: error instanceof Error ? error.message : String(error) });
}
