import styles from './status-chip.module.css';
import { StatusIcon, type StatusLook } from './status-icon.tsx';

/** A status in words, with its shape, on a quiet tint. */
export function StatusChip({ look, children }: { look: StatusLook; children: string }) {
  return (
    <span className={`${styles.chip} ${styles[look]}`}>
      <StatusIcon look={look} size={14} />
      {children}
    </span>
  );
}
