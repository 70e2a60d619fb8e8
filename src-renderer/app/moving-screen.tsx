import { ProgressBar } from '../components/progress-bar/progress-bar.tsx';
import { formatCount } from '../words/count-words.ts';
import styles from './trouble-screen.module.css';

/** While the history of an older version is brought up to date. */
export function MovingScreen({ done, total }: { done: number; total: number }) {
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1 className={styles.title}>Bringing the history up to date</h1>
        <p className={styles.sentence}>
          {formatCount(done)} of {formatCount(total)} jobs. This is done once. Jobs run on meanwhile, and
          closing the window loses nothing.
        </p>
        <ProgressBar label="Jobs brought up to date" value={done} max={total} />
      </div>
    </main>
  );
}
