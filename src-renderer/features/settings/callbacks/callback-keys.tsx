import { type RefObject, useRef, useState } from 'react';
import type { CallbackKey, CallbackKeyMade } from '#shared/contract/callbacks.ts';
import type { SecretBackend } from '#shared/contract/profiles.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import styles from '../entry-list.module.css';
import own from './callback-settings.module.css';
import { KeyEntry } from './key-entry.tsx';
import { KeyForm } from './key-form.tsx';
import { MadeSecret } from './made-secret.tsx';
import { useCallbackKeys } from './use-callback-keys.ts';

const BACKEND_WORDS: Record<SecretBackend, string | null> = {
  keychain: null,
  'basic-text':
    'This system has no keyring running, so secrets are only scrambled. Start a keyring to have them encrypted.',
  file: 'Secrets are kept in a file that only you can read.',
};

/** What callbacks are signed with, by the URL or the host they go to. */
export function CallbackKeys() {
  const { list, problem, save, rotate, remove } = useCallbackKeys();
  const [made, setMade] = useState<CallbackKeyMade | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const note = list === null ? null : BACKEND_WORDS[list.backend];
  return (
    <section className={own.keys} aria-labelledby="callback-keys">
      <h3 id="callback-keys" ref={heading} tabIndex={-1} className={own.heading}>
        Signing keys
      </h3>
      <p className={styles.intro}>
        A callback is signed by the rules of Standard Webhooks with the key of its URL, or else of its host,
        so that its receiver knows it came from here. Without one it is sent unsigned.
      </p>
      {note === null ? null : <Banner tone={list?.backend === 'basic-text' ? 'warn' : 'info'}>{note}</Banner>}
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {made === null ? null : <MadeSecret made={made} onDone={() => closed(setMade, heading)} />}
      {list !== null && list.keys.length > 0 ? (
        <ul className={styles.list}>
          {list.keys.map((key: CallbackKey) => (
            <KeyEntry
              key={key.id}
              callbackKey={key}
              onRotate={async () => setMade(await rotate(key.id))}
              onRemove={async () => {
                await remove(key.id);
                heading.current?.focus();
              }}
            />
          ))}
        </ul>
      ) : null}
      <KeyForm onSave={save} onMade={setMade} />
    </section>
  );
}

function closed(setMade: (made: null) => void, heading: RefObject<HTMLHeadingElement | null>): void {
  setMade(null);
  heading.current?.focus();
}
