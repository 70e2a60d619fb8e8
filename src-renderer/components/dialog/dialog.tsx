import { Modal } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../button/icon-button.tsx';
import { IconX } from '../icons.ts';
import { useKeptFocus } from '../use-kept-focus.ts';
import styles from './dialog.module.css';
import { useReturnFocus } from './use-return-focus.ts';

export interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** A sentence under the title. */
  subtitle?: ReactNode;
  /** Buttons, the one that goes on last. */
  footer?: ReactNode;
  /** Beside the buttons, at the start of the footer. */
  footerNote?: ReactNode;
  size?: 's' | 'm' | 'l' | 'full';
  /** False where the content brings its own padding and scrolling. */
  padded?: boolean;
  /** True where a field inside has the first focus; the dialog itself has it otherwise. */
  focusesField?: boolean;
  /** What Ctrl+Enter, or Command+Enter, does from anywhere in it: the same as its last button. */
  onGoAhead?: () => void;
  children: ReactNode;
}

/** A dialog with a name, a trap for the focus, and Escape to close: a click beside it may be a slip, and does nothing. */
export function Dialog(props: DialogProps) {
  const {
    opened,
    onClose,
    onGoAhead,
    title,
    subtitle,
    footer,
    footerNote,
    size = 'm',
    padded = true,
  } = props;
  const content = useRef<HTMLDivElement>(null);
  useReturnFocus();
  useKeptFocus(content);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={false}
      // It does not take the focus out of the dialog either.
      onMouseDown={(event) => {
        const { target, currentTarget } = event;
        if (!(target instanceof Node) || content.current?.contains(target)) return;
        // A menu of the dialog is elsewhere in the page.
        if (currentTarget.contains(target)) event.preventDefault();
      }}
      centered
      transitionProps={{ transition: 'fade', duration: 90 }}
      returnFocus
      classNames={{
        inner: styles.inner ?? '',
        content: `${styles.content} ${styles[size]}`,
        overlay: styles.overlay ?? '',
      }}
    >
      <Modal.Overlay />
      <Modal.Content
        ref={content}
        // On the way down: the library keeps `onKeyDown` of this element for itself.
        onKeyDownCapture={(event) => {
          if (onGoAhead === undefined || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onGoAhead();
        }}
      >
        <header className={styles.header}>
          <div className={styles.titles}>
            <Modal.Title className={styles.title}>{title}</Modal.Title>
            {subtitle ? <p className={styles.subtitle}>{subtitle}</p> : null}
          </div>
          <IconButton label="Close" icon={<IconX size={16} />} onClick={onClose} />
        </header>
        <div
          className={padded ? `${styles.body} ${styles.padded}` : styles.body}
          {...(!props.focusesField && { tabIndex: -1, 'data-autofocus': true })}
        >
          {props.children}
        </div>
        {footer ? (
          <footer className={styles.footer}>
            <div className={styles.note}>{footerNote}</div>
            {footer}
          </footer>
        ) : null}
      </Modal.Content>
    </Modal.Root>
  );
}
