import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { ExactText } from '../../../components/exact-text/exact-text.tsx';
import { FactList } from '../../../components/fact-list/fact-list.tsx';
import { prettyBody } from '../../../words/callback-words.ts';
import styles from './receiver.module.css';
import { VERDICT_WORDS } from './receiver-form.ts';

/** One request in full: the verdict on its signature, its headers, its body. */
export function ReceivedDetail({ received }: { received: ReceivedCallback }) {
  const { verdict, problem, isRepeat, webhookId, headers, body, isCut } = received;
  const facts = Object.entries(headers).map(([label, value]) => ({ label, value, mono: true }));
  return (
    <section className={styles.detail} aria-label={`Request ${received.number}`}>
      <Banner tone={verdict === 'invalid' ? 'bad' : verdict === 'valid' ? 'info' : 'warn'}>
        {problem ?? `${VERDICT_WORDS[verdict]}.`}
        {isRepeat ? ` An earlier request had the same id, ${webhookId}: it is the same message again.` : ''}
      </Banner>
      <h3 className={styles.heading}>Body</h3>
      {body === '' ? (
        <p className={styles.note}>Empty</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there
        <pre className={styles.block} tabIndex={0}>
          <ExactText>{prettyBody(body)}</ExactText>
        </pre>
      )}
      {isCut ? <p className={styles.note}>Only its beginning was kept.</p> : null}
      <h3 className={styles.heading}>Headers</h3>
      <FactList facts={facts} />
    </section>
  );
}
