import { formatCount } from '../../../words/count-words.ts';
import styles from './items.module.css';
import { usePreview } from './preview-context.tsx';

/** The first items as they were read, how many there are, and what is wrong with the source. */
export function ItemTable() {
  const { items, total, problem, isLate } = usePreview();
  if (problem !== null) {
    return (
      <p className={styles.problem} role="status">
        {problem}
      </p>
    );
  }
  if (items.length === 0) return null;
  return (
    <div className={isLate ? `${styles.preview} ${styles.late}` : styles.preview} role="status">
      <ol className={styles.list} aria-label="The first items">
        {items.map(({ index, item }) => (
          <li key={index} className={styles.item}>
            <span className={styles.index}>{index}</span>
            <code className={styles.value}>{typeof item === 'string' ? item : JSON.stringify(item)}</code>
          </li>
        ))}
      </ol>
      <p className={styles.note}>{totalWords(items.length, total)}</p>
    </div>
  );
}

function totalWords(shown: number, total: number | null): string {
  const first = shown === 1 ? 'The first item' : `The first ${shown} items`;
  if (total === null) return `${first}; all are read when it runs.`;
  if (total === shown) return total === 1 ? 'One item.' : `All ${total} items.`;
  return `${first} of ${formatCount(total)}.`;
}
