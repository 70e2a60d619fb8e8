import styles from './progress-bar.module.css';

/** How far something has come; without a `max` only that it goes on. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max?: number }) {
  return (
    <progress
      className={styles.bar}
      aria-label={label}
      {...(max !== undefined && { value: Math.min(value, max), max: Math.max(max, 1) })}
    />
  );
}
