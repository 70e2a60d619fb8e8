import { formatElapsed } from '../../../components/format/duration.ts';
import { formatClock, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import styles from './timeline.module.css';
import type { TimelineStep } from './timeline-steps.ts';

/** The steps of a job from top to bottom, each with its time. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  const now = useNow(1000);
  return (
    <ol className={styles.timeline}>
      {steps.map((step) => (
        <li key={step.key} className={`${styles.step} ${styles[step.tone]}`}>
          <span className={styles.dot} aria-hidden="true" />
          <span className={styles.title}>{step.title}</span>
          {step.atMs === null ? null : (
            <time
              className={styles.time}
              dateTime={new Date(step.atMs).toISOString()}
              title={formatExact(step.atMs)}
            >
              {formatClock(step.atMs, now)}
            </time>
          )}
          {step.tone === 'live' && step.atMs !== null ? (
            <span className={styles.note}>{liveWords(step.note ?? 'Running', step.atMs, now)}</span>
          ) : noteOf(step, now) ? (
            <span className={styles.note}>{noteOf(step, now)}</span>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function noteOf({ note, noteAt }: TimelineStep, now: number): string | undefined {
  return noteAt?.(now) ?? note;
}

function liveWords(what: string, atMs: number, now: number): string {
  return atMs > now ? `${what}, in ${formatElapsed(atMs - now)}` : `${what} for ${formatElapsed(now - atMs)}`;
}
