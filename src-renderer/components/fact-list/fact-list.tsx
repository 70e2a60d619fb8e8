import styles from './fact-list.module.css';

export interface Fact {
  label: string;
  value: string;
  /** Fixed-width, kept as written. */
  mono?: boolean;
  /** On a ground of its own, scrolling where it is long. */
  block?: boolean;
  /** Shown on hover: the exact value. */
  title?: string;
}

/** Labels and values in two aligned columns. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {facts.map((fact) => (
        <div key={fact.label} className={styles.fact}>
          <dt className={styles.label}>{fact.label}</dt>
          <dd
            className={[styles.value, fact.mono && styles.mono, fact.block && styles.block]
              .filter(Boolean)
              .join(' ')}
            title={fact.title}
          >
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
