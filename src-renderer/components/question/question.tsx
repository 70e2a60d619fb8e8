import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from '../button/button.tsx';
import { isTextField } from '../is-text-field.ts';
import styles from './question.module.css';

/** A dialog around it would take Escape for itself, and close: its library asks what has the focus for this. */
const OWN_ESCAPE = { 'data-mantine-stop-propagation': 'true' } as const;

/**
 * Asks, in its place, whether to go on. The answer that changes nothing has the focus, and Escape gives it; the focus
 * goes back to where it was. Whoever types goes on typing.
 */
export function Question(props: {
  title: string;
  children: ReactNode;
  answer: string;
  /** For what can not be taken back. */
  isDanger?: boolean;
  /** What the answer is called that changes nothing. */
  cancel?: string;
  onAnswer: () => void;
  onCancel: () => void;
}) {
  const { title, children, answer, isDanger = false, cancel = 'Cancel', onAnswer, onCancel } = props;
  const wordsId = useId();
  const box = useRef<HTMLDivElement>(null);
  const cancelButton = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const before = document.activeElement;
    const asked = box.current;
    if (!isTextField(before)) cancelButton.current?.focus();
    return () => {
      if (asked?.contains(document.activeElement) && before instanceof HTMLElement && before.isConnected)
        before.focus();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <div
      ref={box}
      className={isDanger ? `${styles.question} ${styles.danger}` : styles.question}
      role="alertdialog"
      aria-label={title}
      aria-describedby={wordsId}
      onKeyDown={onKeyDown}
    >
      <p id={wordsId}>{children}</p>
      <div className={styles.answers}>
        <Button ref={cancelButton} {...OWN_ESCAPE} onClick={onCancel}>
          {cancel}
        </Button>
        <Button variant={isDanger ? 'danger' : 'primary'} {...OWN_ESCAPE} onClick={onAnswer}>
          {answer}
        </Button>
      </div>
    </div>
  );
}
