import { useState } from 'react';
import { RETENTION_STATUSES, type RetentionRules } from '#shared/contract/retention.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { formatBytes } from '../../../components/format/bytes.ts';
import { formatAgo, formatExact } from '../../../components/format/relative-time.ts';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import type { Doomed } from '../../../db/retention-pages.ts';
import { type RetentionPreview, totalOf, type WouldGo } from '../../../sync/retention.ts';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { countOf } from '../../../words/count-words.ts';
import styles from './clean-up.module.css';
import { retentionStatusWord } from './retention-words.ts';
import { useCleanUp } from './use-clean-up.ts';

/** What the limits would make go now: shown first, and done only when it was agreed to. */
export function CleanUp({ rules }: { rules: RetentionRules }) {
  const { preview, working, problem, look, clean, stop } = useCleanUp(rules);
  return (
    <div className={styles.cleanUp}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {working === null ? (
        <Button className={styles.look} onClick={look}>
          {preview === null ? 'Show what would go now' : 'Look again'}
        </Button>
      ) : (
        <div className={styles.working} role="status">
          <ProgressBar
            label={working.what === 'looking' ? 'Looking' : 'Cleaning up'}
            value={working.looked}
          />
          <span>{`${countOf(working.looked, 'job')} looked at.`}</span>
          <Button onClick={stop}>Stop</Button>
        </div>
      )}
      {preview === null || working !== null ? null : <Preview preview={preview} onClean={clean} />}
    </div>
  );
}

function Preview({ preview, onClean }: { preview: RetentionPreview; onClean: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const total = totalOf(preview);
  if (total.jobs + total.outputs === 0) return <p className={styles.note}>Nothing is beyond its limits.</p>;
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
      {isAsking ? (
        <div className={styles.question} role="alertdialog" aria-label="Clean up">
          <p>{`Delete ${cleanedWords(total)}? ${consequence(total)}`}</p>
          <div className={styles.answers}>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button variant="danger" autoFocus onClick={onClean}>
              Clean up
            </Button>
          </div>
        </div>
      ) : (
        <Button className={styles.look} variant="danger" onClick={() => setAsking(true)}>
          Clean up now…
        </Button>
      )}
    </>
  );
}

function consequence({ jobs, outputs }: WouldGo): string {
  if (jobs === 0) return 'Output can not be brought back; its jobs stay.';
  const briefly = 'Jobs can be brought back for a few seconds';
  return outputs === 0 ? `${briefly}.` : `${briefly}, the output of the others can not.`;
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
