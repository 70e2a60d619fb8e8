import { type ReactNode, useEffect, useRef } from 'react';
import styles from './toast.module.css';
import type { ToastClock } from './toast-clock.ts';

export interface ToastAction {
  label: string;
  run: () => void;
}

/** The words of a toast and its buttons. */
export function ToastBody(props: {
  sentence: string;
  detail: ReactNode;
  actions: readonly ToastAction[];
  /** The one that the undo key does. */
  undo: ToastAction | undefined;
  clock: ToastClock;
  onTake: (run: () => void) => void;
}) {
  const { sentence, detail, actions, undo, clock, onTake } = props;
  const words = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const toast = words.current?.closest<HTMLElement>('[role=alert]');
    if (!toast) return;
    clock.start();
    return holdWhileUsed(toast, clock);
  }, [clock]);
  return (
    <span className={styles.row}>
      <span className={styles.words} ref={words}>
        <span className={styles.sentence}>{sentence}</span>
        {detail ? <span className={styles.detail}>{detail}</span> : null}
      </span>
      {actions.length === 0 ? null : (
        <span className={styles.actions}>
          {actions.map((action) => (
            <button
              key={action.label}
              type="button"
              className={styles.action}
              aria-keyshortcuts={action === undo ? 'Control+Z Meta+Z' : undefined}
              onClick={() => onTake(action.run)}
            >
              {action.label}
              {action === undo ? (
                <span className={styles.key} aria-hidden="true">
                  {isMac() ? '⌘Z' : 'Ctrl Z'}
                </span>
              ) : null}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}

/**
 * Holds the clock while the pointer or the focus is on the toast. A toast that is taken away with the focus on it
 * gives the focus back to where it came from.
 */
function holdWhileUsed(toast: HTMLElement, clock: ToastClock): () => void {
  const [pointer, focus] = [{}, {}];
  let cameFrom: EventTarget | null = null;
  const handlers: Record<string, (event: FocusEvent) => void> = {
    mouseenter: () => clock.hold(pointer),
    mouseleave: () => clock.release(pointer),
    focusin: ({ relatedTarget }) => {
      if (!isInside(toast, relatedTarget)) cameFrom = relatedTarget;
      clock.hold(focus);
    },
    focusout: ({ relatedTarget }) => {
      if (!isInside(toast, relatedTarget)) clock.release(focus);
    },
  };
  const entries = Object.entries(handlers) as [string, EventListener][];
  for (const [name, handler] of entries) toast.addEventListener(name, handler);
  return () => {
    for (const [name, handler] of entries) toast.removeEventListener(name, handler);
    clock.release(pointer);
    clock.release(focus);
    const isLost = document.activeElement === document.body || isInside(toast, document.activeElement);
    if (isLost && cameFrom instanceof HTMLElement && cameFrom.isConnected)
      cameFrom.focus({ preventScroll: true });
  };
}

function isInside(toast: HTMLElement, target: EventTarget | null): boolean {
  return target instanceof Node && toast.contains(target);
}

function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
