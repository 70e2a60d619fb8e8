import type { ReactNode } from 'react';
import { IconAlertTriangle, IconInfoCircle } from '../icons.ts';
import styles from './banner.module.css';

/** A sentence that stays until its cause is gone. */
export function Banner(props: { tone: 'bad' | 'warn' | 'info'; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={`${styles.banner} ${styles[props.tone]}`} role={props.tone === 'info' ? 'note' : 'alert'}>
      <span className={styles.icon} aria-hidden="true">
        {props.tone === 'info' ? <IconInfoCircle size={16} /> : <IconAlertTriangle size={16} />}
      </span>
      <div className={styles.words}>{props.children}</div>
      {props.action}
    </div>
  );
}
