import { assertNever } from '#shared/app-error.ts';
import { ExactText } from '../../components/exact-text/exact-text.tsx';
import type { JobFact } from '../../words/job-fact.ts';
import styles from './review-fact-list.module.css';

/** Labels, and beside them exactly what would be used: nothing is cut off or left to guess. */
export function ReviewFactList({ facts }: { facts: readonly JobFact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map((fact) => (
        <div key={fact.label} className={styles.fact}>
          <dt className={styles.label}>
            {fact.label}
            {fact.note ? <span className={styles.note}>{fact.note}</span> : null}
          </dt>
          <dd className={styles.value}>
            <Value fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ fact }: { fact: JobFact }) {
  switch (fact.kind) {
    case 'words':
      return <span className={fact.isQuiet ? styles.quiet : undefined}>{fact.value}</span>;
    case 'values':
      return (
        <span className={styles.values}>
          {fact.values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its place
            <Framed key={index} value={value} />
          ))}
        </span>
      );
    case 'block':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
        <pre className={styles.block} tabIndex={0}>
          <ExactText>{fact.value}</ExactText>
        </pre>
      );
    case 'pairs':
      return (
        <span className={styles.pairs}>
          {fact.pairs.map(([name, value]) => (
            <span key={name} className={styles.pair}>
              <code className={styles.name}>
                <ExactText>{name}</ExactText>
              </code>
              <Framed value={value} />
            </span>
          ))}
        </span>
      );
    case 'address':
      return (
        <span className={styles.values}>
          <span>{fact.words}</span>
          <Framed value={fact.address} />
        </span>
      );
    default:
      return assertNever(fact);
  }
}

function Framed({ value }: { value: string }) {
  return (
    <code className={styles.framed}>
      {value === '' ? <span className={styles.quiet}>empty</span> : <ExactText>{value}</ExactText>}
    </code>
  );
}
