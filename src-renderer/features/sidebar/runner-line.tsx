import { IconAlertTriangle } from '../../components/icons.ts';
import { useRunnerStatus } from '../../services/use-runner-status.ts';
import { useSyncProblem } from '../../store/sync-store.ts';
import styles from './runner-line.module.css';
import { runnerSentence } from './runner-sentence.ts';

/** How the runner is, in one line; what keeps it from working, in a sentence. */
export function RunnerLine() {
  const status = useRunnerStatus();
  const syncProblem = useSyncProblem((state) => state.problem);
  const problem = typeof status === 'string' ? status : (status?.problem ?? syncProblem);
  const busy = typeof status === 'object' && status !== null && status.running > 0;

  return (
    <div className={styles.runner} role="status" aria-label="Runner">
      {problem ? (
        <p className={styles.problem}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          <span>{problem}</span>
        </p>
      ) : null}
      <p className={styles.line}>
        <span
          className={`${styles.dot} ${problem ? styles.bad : busy ? styles.busy : ''}`}
          aria-hidden="true"
        />
        {typeof status === 'object' && status !== null ? runnerSentence(status) : 'Runner not answering'}
      </p>
    </div>
  );
}
