import { useState } from 'react';
import type { BackupContents } from '#shared/contract/backups.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Choice } from '../../components/choice/choice.tsx';
import type { RestoreComparison, RestoreMode } from '../../db/restore-page.ts';
import type { RestorePreview } from '../../sync/restore.ts';
import { backupCountWords } from '../../words/backup-words.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './restore-dialog.module.css';
import { cautions, modeOptions, whyNothingToRestore } from './restore-words.ts';

const LINES: readonly { comparison: RestoreComparison; label: string }[] = [
  { comparison: 'new', label: 'In the backup alone' },
  { comparison: 'same', label: 'The same in both' },
  { comparison: 'different', label: 'Different' },
  { comparison: 'newer', label: 'Newer here: these stay' },
];

const FEW_NAMES = 5;

/** What a backup has, how it compares, and what is to be done with it. */
export function RestorePreviewPane(props: {
  contents: BackupContents;
  preview: RestorePreview;
  said: { tone: 'bad' | 'info'; sentence: string } | null;
  mode: RestoreMode;
  onMode: (mode: RestoreMode) => void;
}) {
  const { contents, preview, said, mode, onMode } = props;
  const nothing = whyNothingToRestore(preview, mode);
  return (
    <div className={styles.preview}>
      {said === null ? null : <Banner tone={said.tone}>{said.sentence}</Banner>}
      {cautions(contents).map((sentence) => (
        <Banner key={sentence} tone="warn">
          {sentence}
        </Banner>
      ))}
      <p>{`It has ${backupCountWords(contents.counts)}.`}</p>
      <table className={styles.table}>
        <tbody>
          {LINES.filter(({ comparison }) => comparison !== 'newer' || preview.counts.newer > 0).map(
            ({ comparison, label }) => (
              <Line
                key={comparison}
                label={label}
                count={preview.counts[comparison]}
                names={comparison === 'same' ? [] : preview.names[comparison]}
              />
            ),
          )}
          <Line label="In the history alone" count={preview.historyAlone} names={[]} />
        </tbody>
      </table>
      <Choice label="What to do" value={mode} onChange={onMode} options={modeOptions(preview)} />
      <p className={styles.note}>{nothing}</p>
    </div>
  );
}

function Line({ label, count, names }: { label: string; count: number; names: readonly string[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const words = isWhole ? 'Show fewer' : `and ${formatCount(count - FEW_NAMES)} more`;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className={styles.count}>{formatCount(count)}</td>
      <td className={styles.names}>
        {isWhole ? (
          <AllNames label={label} count={count} names={names} />
        ) : (
          <span className={styles.few}>{names.slice(0, FEW_NAMES).join(', ')}</span>
        )}
        {names.length > FEW_NAMES ? (
          <button
            type="button"
            className={styles.more}
            aria-expanded={isWhole}
            aria-label={`${words}: ${label}`}
            onClick={() => setIsWhole(!isWhole)}
          >
            {words}
          </button>
        ) : null}
      </td>
    </tr>
  );
}

function AllNames({ label, count, names }: { label: string; count: number; names: readonly string[] }) {
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard */}
      <ul className={styles.all} aria-label={label} tabIndex={0}>
        {names.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names may be the same, and have no state
          <li key={index}>{name}</li>
        ))}
      </ul>
      {count > names.length ? <p>The first {formatCount(names.length)} are listed. </p> : null}
    </>
  );
}
