import { ProgressBar } from '../components/progress-bar/progress-bar.tsx';
import { formatCount } from '../words/count-words.ts';
import { MOVING_WORDS, type Moving } from './moving-words.ts';
import styles from './trouble-screen.module.css';

/** While the history is made ready: brought up to date, backed up before that, or got back. */
export function MovingScreen({ what, done, total }: { what: Moving; done: number; total: number }) {
  const { title, sentence } = MOVING_WORDS[what];
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.sentence}>
          {formatCount(Math.min(done, total))} of {formatCount(total)} jobs. {sentence} Jobs run on meanwhile,
          and closing the window loses nothing.
        </p>
        <ProgressBar label={title} value={done} max={total} />
      </div>
    </main>
  );
}
