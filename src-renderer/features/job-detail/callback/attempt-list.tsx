import type { CallbackAttempt, Delivery } from '#shared/callback/delivery.ts';
import { ExactText } from '../../../components/exact-text/exact-text.tsx';
import { formatDuration } from '../../../components/format/duration.ts';
import { formatClock, formatExact } from '../../../components/format/relative-time.ts';
import { useNow } from '../../../components/format/use-now.ts';
import { attemptOutcome, isDeliveredAttempt, prettyBody } from '../../../words/callback-words.ts';
import { countOf } from '../../../words/count-words.ts';
import styles from './attempt-list.module.css';

/** Every attempt that is kept, the newest first. */
export function AttemptList({ delivery: { attempts, attemptCount } }: { delivery: Delivery }) {
  if (attemptCount === 0) return <p className={styles.none}>No attempt was made yet.</p>;
  const dropped = attemptCount - attempts.length;
  return (
    <section aria-label="Attempts">
      <ol className={styles.list}>
        {attempts.toReversed().map((attempt) => (
          <AttemptLine key={attempt.number} attempt={attempt} />
        ))}
      </ol>
      {dropped > 0 ? (
        <p className={styles.none}>{countOf(dropped, 'earlier attempt')} no longer kept.</p>
      ) : null}
    </section>
  );
}

function AttemptLine({ attempt }: { attempt: CallbackAttempt }) {
  const now = useNow(15_000);
  const { number, startedAt, durationMs, address, isSigned, error, answer } = attempt;
  const startedMs = Date.parse(startedAt);
  const facts = [isSigned ? 'Signed' : 'Not signed', address === null ? null : `sent to ${address}`];
  return (
    <li className={styles.attempt}>
      <p className={styles.line}>
        <span className={styles.number}>
          <span className="visually-hidden">Attempt </span>
          {number}
        </span>
        <span className={isDeliveredAttempt(attempt) ? styles.good : styles.bad}>
          {attemptOutcome(attempt)}
        </span>
        <span className={styles.duration} title={`${durationMs} ms`}>
          {formatDuration(durationMs)}
        </span>
        <time className={styles.time} dateTime={startedAt} title={formatExact(startedMs)}>
          {formatClock(startedMs, now)}
        </time>
      </p>
      {error === null ? null : (
        <p className={styles.error}>
          <ExactText>{error}</ExactText>
        </p>
      )}
      <p className={styles.facts}>{facts.filter(Boolean).join(', ')}</p>
      {answer === null || answer === '' ? null : (
        <details className={styles.details}>
          <summary>What it answered</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
          <pre className={styles.block} tabIndex={0}>
            <ExactText>{prettyBody(answer)}</ExactText>
          </pre>
        </details>
      )}
    </li>
  );
}
