import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import styles from './export-dialog.module.css';
import { progressWords } from './export-words.ts';
import type { Exporting } from './use-export.ts';

/** How far an export is, or what to know before it; as high as each other, so that the dialog does not jump. */
export function ExportProgress(props: {
  progress: Exporting['progress'];
  noun: string;
  total: number | undefined;
  hint: string;
}) {
  const { progress, noun, total } = props;
  return (
    <div className={styles.foot}>
      {progress === null ? (
        <p className={styles.hint}>{props.hint}</p>
      ) : (
        <>
          <ProgressBar
            label="Exporting"
            value={progress.count}
            {...(total !== undefined && { max: total })}
          />
          <p className={styles.hint}>{progressWords(progress, noun, total)}</p>
        </>
      )}
      {/* Only what is worth an interruption, and not each step of it. */}
      <p className="visually-hidden" role="status">
        {progress === null ? '' : 'Exporting.'}
      </p>
    </div>
  );
}
