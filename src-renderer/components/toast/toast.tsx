import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import styles from './toast.module.css';

export interface ToastOptions {
  tone?: 'plain' | 'good' | 'bad';
  /** What follows the sentence, in smaller words. */
  detail?: ReactNode;
  action?: { label: string; run: () => void };
  /** Milliseconds; errors stay longer by themselves. */
  lastsMs?: number;
}

/** Says in a corner of the window how something went, with one thing to do about it. */
export function showToast(sentence: string, options: ToastOptions = {}): void {
  const { tone = 'plain', detail, action } = options;
  const id = crypto.randomUUID();
  notifications.show({
    id,
    autoClose: options.lastsMs ?? (tone === 'bad' ? 12_000 : action ? 8_000 : 5_000),
    withBorder: false,
    className: [styles.toast, styles[tone]].join(' '),
    closeButtonProps: { 'aria-label': 'Dismiss' },
    message: (
      <span className={styles.row}>
        <span className={styles.words}>
          <span className={styles.sentence}>{sentence}</span>
          {detail ? <span className={styles.detail}>{detail}</span> : null}
        </span>
        {action ? (
          <button
            type="button"
            className={styles.action}
            onClick={() => {
              notifications.hide(id);
              action.run();
            }}
          >
            {action.label}
          </button>
        ) : null}
      </span>
    ),
  });
}

/** An error, in the sentence it came with. */
export function showError(what: string, error: unknown): void {
  showToast(what, { tone: 'bad', detail: error instanceof Error ? error.message : String(error) });
}
