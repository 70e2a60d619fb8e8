import { useRef, useState } from 'react';
import type { RetentionRules } from '#shared/contract/retention.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import { Question } from '../../../components/question/question.tsx';
import { useKeptFocus } from '../../../components/use-kept-focus.ts';
import { type RetentionPreview, totalOf } from '../../../sync/retention.ts';
import { cleanedWords } from '../../../words/clean-up-words.ts';
import { countOf } from '../../../words/count-words.ts';
import styles from './clean-up.module.css';
import { consequenceWords, wouldGoWords } from './retention-words.ts';
import { type CleanUpState, useCleanUp } from './use-clean-up.ts';
import { WouldGoList } from './would-go.tsx';

/** What the limits would make go now: shown first, and done only when it was agreed to. */
export function CleanUp({ rules }: { rules: RetentionRules }) {
  const { preview, working, problem, look, clean, stop } = useCleanUp(rules);
  const section = useRef<HTMLElement>(null);
  useKeptFocus(section);
  return (
    <section ref={section} tabIndex={-1} aria-label="Clean up now" className={styles.cleanUp}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <p className="visually-hidden" role="status">
        {statusWords(working, preview)}
      </p>
      {working === null ? (
        <Button className={styles.look} onClick={look}>
          {preview === null ? 'Show what would go now' : 'Look again'}
        </Button>
      ) : (
        <div className={styles.working}>
          <ProgressBar
            label={working.what === 'looking' ? 'Looking' : 'Cleaning up'}
            value={working.looked}
          />
          <span>{`${countOf(working.looked, 'job')} looked at.`}</span>
          <Button onClick={stop}>Stop</Button>
        </div>
      )}
      {preview === null || working !== null ? null : <Preview preview={preview} onClean={clean} />}
    </section>
  );
}

/** Its beginning and its end: each number in between would be read out. */
function statusWords(working: CleanUpState['working'], preview: RetentionPreview | null): string {
  if (working !== null) return working.what === 'looking' ? 'Looking at what would go.' : 'Cleaning up.';
  return preview === null ? '' : wouldGoWords(totalOf(preview));
}

function Preview({ preview, onClean }: { preview: RetentionPreview; onClean: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const total = totalOf(preview);
  if (total.jobs + total.outputs === 0) return <p className={styles.note}>{wouldGoWords(total)}</p>;
  return (
    <>
      <WouldGoList preview={preview} />
      <Button className={styles.look} variant="danger" onClick={() => setAsking(true)}>
        Clean up now…
      </Button>
      {isAsking ? (
        <Question
          title="Clean up"
          answer="Clean up"
          isDanger
          onAnswer={onClean}
          onCancel={() => setAsking(false)}
        >
          {`Delete ${cleanedWords(total)}? ${consequenceWords(total)}`}
        </Question>
      ) : null}
    </>
  );
}
