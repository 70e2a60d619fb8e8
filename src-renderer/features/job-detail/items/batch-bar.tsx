import type { BatchProgress } from '#shared/contract/runner-state.ts';
import type { ItemStatusCounts } from '#shared/job/items.ts';
import { formatElapsed } from '../../../components/format/duration.ts';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import { formatCount } from '../../../words/count-words.ts';
import styles from './batch-bar.module.css';

/** How far a batch is: a bar, what is done of how many, how fast, and how long it will take. */
export function BatchBar({ counts, progress }: { counts: ItemStatusCounts; progress: BatchProgress | null }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const done = counts.completed + counts.failed + counts.cancelled;
  const isReading = progress !== null && !progress.isLoaded;
  return (
    <div className={styles.bar}>
      {progress === null ? null : (
        <ProgressBar label="Items done" value={done} {...(!isReading && { max: total })} />
      )}
      <p className={styles.words}>
        <span>
          {isReading
            ? `Reading the items, ${formatCount(total)} so far`
            : `${formatCount(done)} of ${formatCount(total)} done`}
        </span>
        {counts.failed > 0 ? (
          <span className={styles.failed}>{formatCount(counts.failed)} failed</span>
        ) : null}
        {progress?.itemsPerSecond ? <span>{rateOf(progress.itemsPerSecond)}</span> : null}
        {progress?.etaMs == null ? null : <span>about {formatElapsed(progress.etaMs)} left</span>}
      </p>
    </div>
  );
}

/** A rate in the unit in which it is at least one. */
function rateOf(perSecond: number): string {
  if (perSecond >= 10) return `${Math.round(perSecond)} a second`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)} a second`;
  if (perSecond * 60 >= 1) return `${(perSecond * 60).toFixed(1)} a minute`;
  return `${(perSecond * 3600).toFixed(1)} an hour`;
}
