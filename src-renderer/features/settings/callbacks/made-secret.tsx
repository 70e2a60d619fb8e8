import { useEffect, useRef } from 'react';
import type { CallbackKeyMade } from '#shared/contract/callbacks.ts';
import { Button } from '../../../components/button/button.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { IconCopy } from '../../../components/icons.ts';
import { showToast } from '../../../components/toast/toast.tsx';
import own from './callback-settings.module.css';

/** A secret that was made here, shown this once: afterwards nobody can read it any more. */
export function MadeSecret({ made, onDone }: { made: CallbackKeyMade; onDone: () => void }) {
  const { key, secret } = made;
  // A receiver of a key pair needs its public half; the secret one is for another sender of the same key.
  const shown = key.publicKey ?? secret;
  const copyButton = useRef<HTMLButtonElement>(null);
  useEffect(() => copyButton.current?.focus(), []);
  const copy = async () =>
    showToast((await copyText(shown)) ? 'Copied.' : 'The clipboard could not be written.');
  return (
    <section className={own.made} aria-label={`Secret of ${key.scope}`}>
      <p>
        {key.publicKey === null
          ? `Give this secret to the receiver at ${key.scope}. It is shown this once, and can’t be read again.`
          : `Give this public key to the receiver at ${key.scope}. The secret half stays here.`}
      </p>
      <code className={own.secret}>{shown}</code>
      <div className={own.answers}>
        <Button ref={copyButton} icon={<IconCopy size={15} />} onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={onDone}>Done</Button>
      </div>
    </section>
  );
}
