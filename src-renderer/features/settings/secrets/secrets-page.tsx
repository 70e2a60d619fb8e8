import { type FormEvent, useState } from 'react';
import type { SecretBackend } from '#shared/contract/profiles.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { IconTrash } from '../../../components/icons.ts';
import { TextField } from '../../../components/text-field/text-field.tsx';
import { errorSentence } from '../../../db/database-problem.ts';
import styles from '../entry-list.module.css';
import { secretNameProblem, secretValueProblem } from './secret-form.ts';
import { useSecrets } from './use-secrets.ts';

const BACKEND_WORDS: Record<SecretBackend, string> = {
  keychain: 'Values are encrypted with a key in your system’s keychain.',
  'basic-text':
    'This system has no keyring running, so values are only scrambled. Start a keyring to have them encrypted.',
  file: 'Values are kept in a file that only you can read.',
};

/** Names and values that jobs may use and nobody else sees. */
export function SecretsPage() {
  const { list, problem, save, remove } = useSecrets();
  return (
    <div className={styles.page}>
      <p className={styles.intro}>
        Write <code>{'{{secret.NAME}}'}</code> in an environment variable, a header, a body or a model
        request. The value is filled in when the job runs, and taken out of what it prints.
      </p>
      {list === null ? null : (
        <Banner tone={list.backend === 'basic-text' ? 'warn' : 'info'}>{BACKEND_WORDS[list.backend]}</Banner>
      )}
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {list !== null && list.names.length > 0 ? (
        <ul className={styles.list}>
          {list.names.map((name) => (
            <li key={name} className={styles.entry}>
              <span className={`${styles.main} ${styles.mono}`}>{name}</span>
              <IconButton
                label={`Remove ${name}`}
                icon={<IconTrash size={15} />}
                onClick={() => void remove(name)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <SecretForm taken={list?.names ?? []} onSave={save} />
    </div>
  );
}

function SecretForm(props: {
  taken: readonly string[];
  onSave: (name: string, value: string) => Promise<void>;
}) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wrongName = wasTried ? secretNameProblem(name) : null;
  const wrongValue = wasTried ? secretValueProblem(value) : null;
  const replaces = props.taken.includes(name.trim());

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (secretNameProblem(name) !== null || secretValueProblem(value) !== null) return;
    try {
      await props.onSave(name.trim(), value);
      setName('');
      setValue('');
      setWasTried(false);
      setProblem(null);
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };
  return (
    <form className={styles.add} onSubmit={(event) => void save(event)}>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <div className={styles.pair}>
        <TextField
          label="Name"
          mono
          placeholder="OPENAI_API_KEY"
          value={name}
          onChange={setName}
          error={wrongName ?? undefined}
        />
        <TextField
          label="Value"
          type="password"
          mono
          value={value}
          onChange={setValue}
          hint={replaces ? 'Replaces the value that is kept.' : undefined}
          error={wrongValue ?? undefined}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit">{replaces ? 'Replace secret' : 'Add secret'}</Button>
      </div>
    </form>
  );
}
