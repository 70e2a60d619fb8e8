import type { ModelProfile } from '#shared/contract/profiles.ts';
import { SelectField, TextField } from '../../../components/text-field/text-field.tsx';
import { useProfiles } from '../../../services/use-profiles.ts';
import styles from './task.module.css';

/** Which server is asked: that of a saved profile, or one by its address. */
export function ModelTarget(props: {
  agentId: string;
  baseUrl: string;
  error?: string | undefined;
  onChange: (change: { agentId?: string; baseUrl?: string }) => void;
}) {
  const { agentId, baseUrl, onChange } = props;
  const { profiles, problem } = useProfiles();
  const chosen = profiles?.find(({ id }) => id === agentId);
  const isForeign = agentId !== '' && chosen === undefined;
  const isNoneSaved = profiles?.length === 0;
  const options = [
    { value: '', label: 'None: by address' },
    ...(profiles ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
    ...(isForeign ? [{ value: agentId, label: `Not saved here: ${agentId}` }] : []),
  ];
  return (
    <div className={styles.two}>
      <SelectField
        label="Profile"
        value={agentId}
        options={options}
        hint={problem ?? (isNoneSaved ? 'Profiles are saved in Settings.' : undefined)}
        onChange={(id) => onChange({ agentId: id })}
      />
      <TextField
        label="Base URL"
        mono
        inputMode="url"
        placeholder={chosen?.base_url ?? 'http://127.0.0.1:11434/v1'}
        value={baseUrl}
        error={props.error ?? foreignSecret(chosen, baseUrl)}
        onChange={(url) => onChange({ baseUrl: url })}
      />
    </div>
  );
}

/** The secret of a profile goes to the profile's own server and to no other. */
function foreignSecret(profile: ModelProfile | undefined, baseUrl: string): string | undefined {
  const origin = URL.parse(baseUrl)?.origin;
  if (!profile?.secret_name || origin === undefined || origin === URL.parse(profile.base_url)?.origin)
    return undefined;
  return `The secret of “${profile.name}” is for ${profile.base_url} alone. Leave this empty, or choose no profile.`;
}
