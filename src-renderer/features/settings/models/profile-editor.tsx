import { useState } from 'react';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { SelectField, TextArea, TextField } from '../../../components/text-field/text-field.tsx';
import { errorSentence } from '../../../db/database-problem.ts';
import styles from '../entry-list.module.css';
import { useSecretNames } from '../secrets/use-secrets.ts';
import {
  emptyProfile,
  formOfProfile,
  PRESETS,
  type ProfileForm,
  type ProfileProblems,
  problemsOf,
  profileOf,
} from './profile-form.ts';

/** One model profile, new or changed. */
export function ProfileEditor(props: {
  profile: ModelProfile | null;
  id: AgentId;
  onSave: (profile: ModelProfile) => Promise<void>;
  onClose: () => void;
}) {
  const { profile, id, onSave, onClose } = props;
  const [form, setForm] = useState(() => (profile === null ? emptyProfile() : formOfProfile(profile)));
  const [shown, setShown] = useState<ProfileProblems>({});
  const [problem, setProblem] = useState<string | null>(null);
  const secrets = useSecretNames();

  const change = (part: Partial<ProfileForm>) => {
    const changed = { ...form, ...part };
    setForm(changed);
    // What was said to be wrong is said until it is mended; the rest is left alone while it is typed.
    const problems = problemsOf(changed);
    setShown((before) => Object.fromEntries(Object.entries(problems).filter(([field]) => field in before)));
  };
  const save = async () => {
    const problems = problemsOf(form);
    setShown(problems);
    if (Object.keys(problems).length > 0) return;
    try {
      await onSave(profileOf(form, id));
      onClose();
    } catch (error) {
      setProblem(errorSentence(error));
    }
  };

  return (
    <form
      className={styles.page}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {profile === null ? (
        <fieldset className={styles.presets}>
          <legend className="visually-hidden">Start from</legend>
          {PRESETS.map((preset) => (
            <Button
              key={preset.name}
              variant="quiet"
              onClick={() => change({ baseUrl: preset.baseUrl, name: form.name || preset.name })}
            >
              {preset.name}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <TextField
        label="Name"
        value={form.name}
        onChange={(name) => change({ name })}
        error={shown.name}
        autoFocus
      />
      <TextField
        label="Address"
        mono
        inputMode="url"
        placeholder="http://127.0.0.1:11434/v1"
        hint="Up to and with the version: /chat/completions and the like are added to it."
        value={form.baseUrl}
        onChange={(baseUrl) => change({ baseUrl })}
        error={shown.baseUrl}
      />
      <TextField
        label="Model"
        mono
        placeholder="llama3.2"
        hint="For requests that name none."
        value={form.model}
        onChange={(model) => change({ model })}
      />
      <SelectField
        label="Key"
        value={form.secretName}
        options={[
          { value: '', label: 'None' },
          ...keyNames(secrets, form.secretName).map((name) => ({ value: name, label: name })),
        ]}
        hint="A secret that is sent as the bearer token. Add secrets on the page beside this one."
        onChange={(secretName) => change({ secretName })}
      />
      <TextArea
        label="Parameters"
        mono
        rows={3}
        placeholder={'{"temperature": 0.2}'}
        hint="Defaults for the rest of a request, as JSON."
        value={form.parameters}
        onChange={(parameters) => change({ parameters })}
        error={shown.parameters}
      />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Back</Button>
        <Button variant="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}

/** One that was removed since is still the profile's own, until another is chosen. */
function keyNames(names: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || names.includes(chosen) ? names : [...names, chosen];
}
