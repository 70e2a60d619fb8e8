import { formatElapsed } from '../../components/format/duration.ts';
import { useNow } from '../../components/format/use-now.ts';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import type { JobRow } from '../../db/job-row.ts';
import { useProgress } from '../../services/use-progress.ts';
import { runningSinceMs, stateText } from '../../words/status-words.ts';
import { waitWord } from '../../words/wait-words.ts';
import styles from './live-state.module.css';

/** How an active job stands: how far a batch is, for how long it runs, or what it waits for. */
export function LiveState({ row }: { row: JobRow }) {
  const now = useNow(1000);
  const progress = useProgress(row.id, true);
  if (progress?.waitsFor) {
    const until = progress.waitsUntil === null ? null : Date.parse(progress.waitsUntil);
    return waitWord(progress.waitsFor, until, now);
  }
  if (progress?.suspended) return 'suspended';
  if (progress?.batch?.isLoaded) return <BatchState counts={progress.batch.counts} />;
  const since = runningSinceMs(row.job);
  if (row.status !== 'running' || since === null) return stateText(row);
  return `running ${formatElapsed(now - since)}`;
}

function BatchState({ counts }: { counts: Record<string, number> }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const done = total - (counts.pending ?? 0) - (counts.running ?? 0);
  return (
    <span className={styles.batch}>
      <span className={styles.percent}>{total === 0 ? 0 : Math.floor((100 * done) / total)}%</span>
      <ProgressBar label="Items done" value={done} max={total} />
    </span>
  );
}
