import { useState } from 'react';
import type { Differences } from '#shared/json/differences.ts';
import { ExactText } from '../../components/exact-text/exact-text.tsx';
import { countOf } from '../../words/count-words.ts';
import styles from './difference-table.module.css';
import { moreFieldsWords } from './import-words.ts';

/** Longer values are cut, until one asks for all. */
const MAX_VALUE_LENGTH = 160;
/** And no more than this then: a value may be a whole file. */
const MAX_WHOLE_LENGTH = 100_000;

/** Field by field what is mine (`a`) and what is theirs (`b`). */
export function DifferenceTable({ found }: { found: Differences }) {
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">Where the two differ</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Mine</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {found.shown.map(({ path, a, b }) => (
            <tr key={path}>
              <th scope="row">
                <code>
                  <ExactText>{path}</ExactText>
                </code>
              </th>
              <td className={styles.mine}>
                <Value value={a} />
              </td>
              <td className={styles.theirs}>
                <Value value={b} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.count > found.shown.length ? <p>{moreFieldsWords(found.count - found.shown.length)}</p> : null}
    </>
  );
}

function Value({ value }: { value: unknown }) {
  const [isWhole, setIsWhole] = useState(false);
  if (value === undefined) return <span className={styles.absent}>not there</span>;
  const text = JSON.stringify(value, null, isWhole ? 2 : 0);
  if (isWhole || text.length <= MAX_VALUE_LENGTH) {
    return (
      <code className={styles.value}>
        <ExactText>{text.slice(0, MAX_WHOLE_LENGTH)}</ExactText>
        {text.length > MAX_WHOLE_LENGTH ? '…' : ''}
      </code>
    );
  }
  return (
    <>
      <code className={styles.value}>
        <ExactText>{text.slice(0, MAX_VALUE_LENGTH)}</ExactText>…
      </code>{' '}
      <button type="button" className={styles.more} onClick={() => setIsWhole(true)}>
        Show all {countOf(text.length, 'character')}
      </button>
    </>
  );
}
