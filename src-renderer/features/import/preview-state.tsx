import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { formatBytes } from '../../components/format/bytes.ts';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { broughtBy } from '../../db/import-row.ts';
import type { Forecast } from '../../sync/imports/import-plan.ts';
import type { ReadingSnapshot } from '../../sync/imports/import-reading.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { WAITING_SENTENCE } from '../../words/waiting-sentence.ts';
import { previewHeard, whyNothing } from './import-words.ts';
import styles from './preview-state.module.css';
import type { Commit } from './use-commit.tsx';

/** How far an import is, what went wrong with it, and why there may be nothing to do. */
export function PreviewState(props: {
  snapshot: ReadingSnapshot;
  sums: Forecast;
  commit: Commit;
  /** Why the list could not be read. */
  listProblem: string | null;
  onReadListAgain: () => void;
  /** What was decided last, where something was. */
  decided: string | null;
}) {
  const { snapshot, sums, commit, listProblem, decided } = props;
  const { counts, isWhole, problem } = snapshot;
  const nothing = isWhole && commit.work === null ? whyNothing(counts, sums) : null;
  const progress = progressOf(snapshot, sums, commit);
  return (
    <>
      <div className={styles.said}>
        {problem === null ? null : (
          <Banner tone="bad">It could not be read to its end, so it cannot be imported. {problem}</Banner>
        )}
        {listProblem === null ? null : (
          <Banner tone="bad" action={<Button onClick={props.onReadListAgain}>Try again</Button>}>
            The list could not be read. {listProblem}
          </Banner>
        )}
        {commit.said === null ? null : <Banner tone={commit.said.tone}>{commit.said.sentence}</Banner>}
        {nothing === null || commit.said !== null ? null : (
          <Banner tone={nothing.tone}>{nothing.sentence}</Banner>
        )}
      </div>
      {progress === null ? null : (
        <div className={styles.progress}>
          <ProgressBar
            label={progress.label}
            value={progress.value}
            {...(progress.max !== undefined && { max: progress.max })}
          />
          <p className={styles.words}>{progress.words}</p>
        </div>
      )}
      {/* Only what is worth an interruption: the end of reading, and not each step of it. */}
      <p className="visually-hidden" role="status">
        {progress !== null && commit.work !== null
          ? progress.label
          : previewHeard({ counts, sums, isWhole, decided, said: commit.said?.sentence ?? null })}
      </p>
    </>
  );
}

interface Progress {
  label: string;
  value: number;
  /** Absent where nobody knows. */
  max?: number;
  words: string;
}

function progressOf(
  { progress, counts, isWhole, problem }: ReadingSnapshot,
  sums: Forecast,
  { work }: Commit,
): Progress | null {
  if (work?.kind === 'waiting') {
    return { label: WAITING_SENTENCE, value: 0, words: WAITING_SENTENCE };
  }
  if (work !== null) {
    const max = broughtBy(sums);
    const isUndoing = work.kind === 'undoing';
    return {
      label: isUndoing ? 'Taking back what was imported' : 'Importing',
      value: work.done,
      max,
      words: isUndoing
        ? `${countOf(work.done, 'job')} taken back`
        : `${formatCount(work.done)} of ${formatCount(max)} imported`,
    };
  }
  if (isWhole || problem !== null) return null;
  if (progress === null) return { label: 'Reading the files', value: 0, words: 'Reading…' };
  const { bytesRead, totalBytes, state, counts: read } = progress;
  if (state === 'read') {
    return {
      label: 'Comparing with your history',
      value: counts.all,
      max: read.total,
      words: `${formatCount(counts.all)} of ${countOf(read.total, 'document')} compared with your history`,
    };
  }
  return {
    label: 'Reading the files',
    value: bytesRead,
    max: totalBytes,
    words: `${formatBytes(bytesRead)} of ${formatBytes(totalBytes)} read, ${countOf(read.total, 'document')} so far`,
  };
}
