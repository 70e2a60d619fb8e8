import type { RetentionRules } from '#shared/contract/retention.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import { Question } from '../../../components/question/question.tsx';
import { totalOf } from '../../../sync/retention.ts';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { countOf } from '../../../words/count-words.ts';
import styles from './clean-up.module.css';
import { consequenceWords, wouldGoWords } from './retention-words.ts';
import { useFirstLook } from './use-first-look.ts';
import { WouldGoList } from './would-go.tsx';

/**
 * What would go by itself from now on, before that is set: it is kept once it was agreed to, and at once where nothing
 * would go.
 */
export function Agreement(props: {
  rules: RetentionRules;
  /** True where it was off; otherwise limits were changed. */
  isTurningOn: boolean;
  onAgree: () => void;
  onCancel: () => void;
}) {
  const { rules, isTurningOn, onAgree, onCancel } = props;
  const { preview, looked, problem } = useFirstLook(rules, onAgree);
  const total = preview && totalOf(preview);
  return (
    <section className={styles.cleanUp} aria-label="What would go by itself">
      {problem === null ? null : (
        <Banner tone="bad" action={<Button onClick={onCancel}>Leave it as it was</Button>}>
          {`What would go could not be looked at, so nothing is set. ${problem}`}
        </Banner>
      )}
      <p className="visually-hidden" role="status">
        {total === null ? 'Looking at what would go.' : `${wouldGoWords(total)} Not set before you agree.`}
      </p>
      {preview === null && problem === null ? (
        <div className={styles.working}>
          <ProgressBar label="Looking" value={looked} />
          <span>{`${countOf(looked, 'job')} looked at.`}</span>
          <Button onClick={onCancel}>Stop</Button>
        </div>
      ) : null}
      {preview === null || total === null ? null : (
        <>
          <WouldGoList preview={preview} />
          <Question
            title={isTurningOn ? 'Clean up by itself' : 'New limits'}
            answer={isTurningOn ? 'Turn on' : 'Keep these limits'}
            isDanger
            onAnswer={onAgree}
            onCancel={onCancel}
          >
            {`This would go by itself soon: ${cleanedWords(total)}. Later goes what gets beyond these limits. ${consequenceWords(total)}`}
          </Question>
        </>
      )}
    </section>
  );
}
