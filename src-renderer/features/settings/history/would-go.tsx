import { RETENTION_STATUSES } from '#shared/contract/retention.ts';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatAgo, formatExact } from '../../../components/format/relative-time.ts';
import type { Doomed } from '../../../db/retention-pages.ts';
import { type RetentionPreview, totalOf, type WouldGo } from '../../../sync/retention.ts';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { countOf } from '../../../words/count-words.ts';
import { retentionStatusWord } from './retention-words.ts';
import styles from './would-go.module.css';

/** What a clean-up would make go: so many of each status, how old, and which. */
export function WouldGoList({ preview }: { preview: RetentionPreview }) {
  const total = totalOf(preview);
  return (
    <>
      <ul className={styles.sums}>
        {RETENTION_STATUSES.map((status) => {
          const sum = preview.byStatus[status];
          return sum.jobs + sum.outputs === 0 ? null : (
            <li key={status}>{`${retentionStatusWord(status)}: ${cleanedWords(sum)}${ages(sum)}`}</li>
          );
        })}
      </ul>
      <DoomedList doomed={preview.first} total={total.jobs + total.outputs} />
    </>
  );
}

function ages({ oldestMs, newestMs }: WouldGo): string {
  if (oldestMs === null || newestMs === null) return '';
  const [oldest, newest] = [agoWords(oldestMs), agoWords(newestMs)];
  return oldest === newest ? `, ended ${oldest}` : `, ended ${oldest} to ${newest}`;
}

/** "5 d ago", or the day. */
function agoWords(atMs: number): string {
  const ago = formatAgo(atMs, Date.now());
  return /^\d+ (?:min|h|d)$/u.test(ago) ? `${ago} ago` : ago;
}

function DoomedList({ doomed, total }: { doomed: readonly Doomed[]; total: number }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.list} aria-label="What would go" tabIndex={0}>
      <table className={styles.table}>
        <tbody>
          {doomed.map(({ row, fate, outputBytes, endedAtMs }) => (
            <tr key={row.id}>
              <td className={styles.name} title={row.name}>
                {row.name}
              </td>
              <td className={styles.quiet} title={formatExact(endedAtMs)}>
                {agoWords(endedAtMs)}
              </td>
              <td className={styles.quiet}>{outputBytes > 0 ? formatBytes(outputBytes) : ''}</td>
              <td>{fate === 'goes' ? 'Job' : 'Output alone'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > doomed.length ? (
        <p className={styles.note}>{`And ${countOf(total - doomed.length, 'job')} more.`}</p>
      ) : null}
    </section>
  );
}
