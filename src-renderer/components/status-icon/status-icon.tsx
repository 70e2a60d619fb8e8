import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockX,
  IconHourglassEmpty,
} from '../icons.ts';
import styles from './status-icon.module.css';

export type StatusLook = 'saved' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'expired';

/** A shape and a colour for a status; told apart without the colour as well. Decoration: the words stand beside it. */
export function StatusIcon({ look, size = 16 }: { look: StatusLook; size?: number }) {
  return (
    <span className={`${styles.icon} ${styles[look]}`} aria-hidden="true">
      <Shape look={look} size={size} />
    </span>
  );
}

function Shape({ look, size }: { look: StatusLook; size: number }) {
  switch (look) {
    case 'saved':
      return <IconCircleDashed size={size} stroke={1.75} />;
    case 'waiting':
      return <IconHourglassEmpty size={size} stroke={1.75} />;
    case 'running':
      return (
        <svg
          width={size}
          height={size}
          viewBox="0 0 24 24"
          fill="none"
          className={styles.spin}
          aria-hidden="true"
        >
          <circle cx="12" cy="12" r="9" stroke="currentColor" strokeWidth="2.5" opacity="0.25" />
          <path d="M12 3a9 9 0 0 1 9 9" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
        </svg>
      );
    case 'done':
      return <IconCircleCheckFilled size={size} />;
    case 'failed':
      return <IconCircleXFilled size={size} />;
    case 'cancelled':
      return <IconBan size={size} stroke={1.75} />;
    case 'expired':
      return <IconClockX size={size} stroke={1.75} />;
  }
}
