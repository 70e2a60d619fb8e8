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

/** What a backup has, how it compares, and what is to be done with it. */
export function RestorePreviewPane(props: {
  contents: BackupContents;
  preview: RestorePreview;
  problem: string | null;
  mode: RestoreMode;
  onMode: (mode: RestoreMode) => void;
}) {
  const { contents, preview, problem, mode, onMode } = props;
  const nothing = whyNothingToRestore(preview, mode);
  return (
    <div className={styles.preview}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
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
      <p className={styles.note} role="status">
        {nothing}
      </p>
    </div>
  );
}

function Line({ label, count, names }: { label: string; count: number; names: readonly string[] }) {
  const more = count - names.length;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className={styles.count}>{formatCount(count)}</td>
      <td className={styles.names} title={names.join('\n')}>
        {names.join(', ')}
        {names.length > 0 && more > 0 ? ` and ${formatCount(more)} more` : ''}
      </td>
    </tr>
  );
}
