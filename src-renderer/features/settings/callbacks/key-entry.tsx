import { useState } from 'react';
import type { CallbackKey } from '#shared/contract/callbacks.ts';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { IconCopy, IconRefresh, IconTrash } from '../../../components/icons.ts';
import { Question } from '../../../components/question/question.tsx';
import { showToast } from '../../../components/toast/toast.tsx';
import { showError } from '../../../services/show-error.ts';
import styles from '../entry-list.module.css';
import own from './callback-settings.module.css';
import { keyNote } from './key-words.ts';

type Asked = 'rotate' | 'remove' | null;

const QUESTIONS = {
  rotate: {
    words: (scope: string) =>
      `Make a new secret for ${scope}? For the next 24 hours callbacks are signed with both, so that its receiver can take over the new one.`,
    button: 'Make a new secret',
  },
  remove: {
    words: (scope: string) => `Remove the key of ${scope}? Callbacks to it are sent unsigned from then on.`,
    button: 'Remove',
  },
} as const;

/** One key, and what can be done with it; both are asked for first. */
export function KeyEntry(props: {
  callbackKey: CallbackKey;
  onRotate: () => Promise<void>;
  onRemove: () => Promise<void>;
}) {
  const key = props.callbackKey;
  const [asked, setAsked] = useState<Asked>(null);

  const goAhead = async (what: 'rotate' | 'remove') => {
    try {
      await (what === 'rotate' ? props.onRotate() : props.onRemove());
      setAsked(null);
    } catch (error) {
      showError(`The key of ${key.scope} could not be changed.`, error);
    }
  };
  const copyPublic = async (text: string) =>
    showToast((await copyText(text)) ? 'Public key copied.' : 'The clipboard could not be written.');
  return (
    <li>
      <div className={styles.entry}>
        <span className={styles.main}>
          <span className={`${styles.name} ${styles.mono}`}>{key.scope}</span>
          <span className={own.note}>{keyNote(key, Date.now())}</span>
        </span>
        {key.publicKey === null ? null : (
          <IconButton
            label={`Copy the public key of ${key.scope}`}
            icon={<IconCopy size={15} />}
            onClick={() => void copyPublic(key.publicKey ?? '')}
          />
        )}
        <IconButton
          label={`Rotate the secret of ${key.scope}`}
          icon={<IconRefresh size={15} />}
          onClick={() => setAsked('rotate')}
        />
        <IconButton
          label={`Remove the key of ${key.scope}`}
          icon={<IconTrash size={15} />}
          onClick={() => setAsked('remove')}
        />
      </div>
      {asked === null ? null : (
        <div className={own.question}>
          <Question
            title={QUESTIONS[asked].button}
            answer={QUESTIONS[asked].button}
            isDanger={asked === 'remove'}
            onAnswer={() => void goAhead(asked)}
            onCancel={() => setAsked(null)}
          >
            {QUESTIONS[asked].words(key.scope)}
          </Question>
        </div>
      )}
    </li>
  );
}
