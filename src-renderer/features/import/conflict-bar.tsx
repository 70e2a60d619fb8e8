import { Kbd } from '../../components/kbd/kbd.tsx';
import { Segmented } from '../../components/segmented/segmented.tsx';
import { CONFLICT_CHOICES, type ConflictChoice } from '../../db/import-page.ts';
import type { ImportPlan } from '../../sync/imports/import-plan.ts';
import { formatCount } from '../../words/count-words.ts';
import styles from './conflict-bar.module.css';
import { CHOICE_WORDS } from './import-words.ts';

const MEANINGS: Record<ConflictChoice, string> = {
  mine: 'The history keeps what it has.',
  theirs: 'What is imported takes the place of yours, unapproved. Undoing the import brings yours back.',
  both: 'What is imported comes in under an id of its own. The one it had is kept in its metadata.',
};

/** What becomes of all conflicts that were not decided one by one. */
export function ConflictBar(props: {
  plan: ImportPlan;
  onChoose: (choice: ConflictChoice) => void;
  onReset: () => void;
}) {
  const { conflicts, exceptions } = props.plan;
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <span className={styles.label}>For all</span>
        <Segmented
          label="What becomes of all conflicts"
          value={conflicts}
          onChange={props.onChoose}
          options={CONFLICT_CHOICES.map((choice) => ({ value: choice, label: CHOICE_WORDS[choice] }))}
        />
        {exceptions.size > 0 ? (
          <span className={styles.exceptions}>
            but {formatCount(exceptions.size)} decided one by one{' '}
            <button type="button" className={styles.link} onClick={props.onReset}>
              Forget these
            </button>
          </span>
        ) : (
          <span className={styles.hint}>
            One by one: <Kbd>M</Kbd> <Kbd>T</Kbd> <Kbd>B</Kbd> in the list
          </span>
        )}
      </div>
      <p className={styles.meaning}>{MEANINGS[conflicts]}</p>
    </div>
  );
}
