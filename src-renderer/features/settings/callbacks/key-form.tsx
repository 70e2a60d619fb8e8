import { type FormEvent, useState } from 'react';
import {
  CALLBACK_KEY_KINDS,
  type CallbackKeyKind,
  type CallbackKeyMade,
} from '#shared/contract/callbacks.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { SelectField, TextField } from '../../../components/text-field/text-field.tsx';
import { errorSentence } from '../../../db/database-problem.ts';
import styles from '../entry-list.module.css';
import { KEY_KIND_WORDS, SECRET_PREFIXES, scopeProblem, secretProblem } from './key-words.ts';
import type { NewCallbackKey } from './use-callback-keys.ts';

type From = 'made' | 'pasted';

/** A key for one more URL or host: made here, or one that the receiver already has. */
export function KeyForm(props: {
  onSave: (key: NewCallbackKey) => Promise<CallbackKeyMade>;
  onMade: (made: CallbackKeyMade | null) => void;
}) {
  const [scope, setScope] = useState('');
  const [kind, setKind] = useState<CallbackKeyKind>('hmac');
  const [from, setFrom] = useState<From>('made');
  const [secret, setSecret] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wrongScope = scopeProblem(scope);
  const wrongSecret = from === 'pasted' ? secretProblem(secret, kind) : null;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (wrongScope !== null || wrongSecret !== null) return;
    try {
      const given = from === 'pasted' ? secret.trim() : null;
      const made = await props.onSave({ scope: scope.trim(), kind, secret: given });
      // One that was pasted is known to who pasted it.
      props.onMade(given === null ? made : null);
      setScope('');
      setSecret('');
      setWasTried(false);
      setProblem(null);
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <form className={styles.add} aria-label="New signing key" onSubmit={(event) => void save(event)}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <TextField
        label="URL or host"
        mono
        placeholder="example.org"
        value={scope}
        onChange={setScope}
        error={wasTried ? (wrongScope ?? undefined) : undefined}
      />
      <div className={styles.pair}>
        <SelectField
          label="Kind"
          value={kind}
          options={CALLBACK_KEY_KINDS.map((value) => ({ value, label: KEY_KIND_WORDS[value] }))}
          onChange={setKind}
        />
        <SelectField<From>
          label="Secret"
          value={from}
          options={[
            { value: 'made', label: 'Make one here' },
            { value: 'pasted', label: 'Paste one' },
          ]}
          onChange={setFrom}
        />
      </div>
      {from === 'pasted' ? (
        <TextField
          label="Secret that the receiver has"
          type="password"
          mono
          placeholder={`${SECRET_PREFIXES[kind]}…`}
          value={secret}
          onChange={setSecret}
          error={wasTried ? (wrongSecret ?? undefined) : undefined}
        />
      ) : null}
      <div className={styles.buttons}>
        <Button type="submit">Add key</Button>
      </div>
    </form>
  );
}
