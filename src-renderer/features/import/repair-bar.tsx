import { REPAIR_KINDS, type RepairKind } from '#shared/contract/documents.ts';
import { formatCount } from '../../words/count-words.ts';
import { REPAIR_WORDS } from './import-words.ts';
import styles from './repair-bar.module.css';

/** The repairs that occur. A document that needs one that is refused is left out; strict is to refuse all. */
export function RepairBar(props: {
  counts: ReadonlyMap<RepairKind, number>;
  refused: ReadonlySet<RepairKind>;
  onChange: (refused: ReadonlySet<RepairKind>) => void;
}) {
  const { counts, refused } = props;
  const kinds = REPAIR_KINDS.filter((kind) => counts.has(kind));
  return (
    <fieldset className={styles.bar}>
      <legend className="visually-hidden">Repairs to accept</legend>
      <label className={`${styles.option} ${styles.strict}`}>
        <input
          type="checkbox"
          className={styles.box}
          checked={REPAIR_KINDS.every((kind) => refused.has(kind))}
          onChange={(event) => props.onChange(new Set(event.currentTarget.checked ? REPAIR_KINDS : []))}
        />
        <span>Strict: refuse all repairs</span>
      </label>
      {kinds.map((kind) => (
        <label key={kind} className={styles.option}>
          <input
            type="checkbox"
            className={styles.box}
            checked={!refused.has(kind)}
            onChange={() => {
              const next = new Set(refused);
              if (!next.delete(kind)) next.add(kind);
              props.onChange(next);
            }}
          />
          <span>{REPAIR_WORDS[kind]}</span>
          <span className={styles.count}>{formatCount(counts.get(kind) ?? 0)}</span>
        </label>
      ))}
    </fieldset>
  );
}
