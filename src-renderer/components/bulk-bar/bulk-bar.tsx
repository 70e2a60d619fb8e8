import type { ReactNode } from 'react';
import { IconButton } from '../button/icon-button.tsx';
import { IconX } from '../icons.ts';
import styles from './bulk-bar.module.css';

/** Over the end of a list: how many of its rows are selected, and what can be done with all of them at once. */
export function BulkBar(props: {
  /** How many are selected, in words. */
  words: string;
  /** In the place of the words, while more is selected. */
  meanwhile?: string | undefined;
  /** Beside the words: what changes how many are selected. */
  more?: ReactNode;
  onClear: () => void;
  /** What can be done. */
  children: ReactNode;
}) {
  const { words, meanwhile = words } = props;
  return (
    <div className={styles.bar} role="toolbar" aria-label={words}>
      <span className={styles.group}>
        <span className={styles.count}>{meanwhile}</span>
        {props.more}
      </span>
      <span className={styles.group}>
        {props.children}
        <IconButton label="Clear selection" icon={<IconX size={16} />} onClick={props.onClear} />
      </span>
    </div>
  );
}
