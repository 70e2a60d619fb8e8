import { useState } from 'react';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import { Banner } from '../../../components/banner/banner.tsx';
import { Button } from '../../../components/button/button.tsx';
import { IconButton } from '../../../components/button/icon-button.tsx';
import { IconPlus, IconTrash } from '../../../components/icons.ts';
import styles from '../entry-list.module.css';
import { ProfileEditor } from './profile-editor.tsx';
import { useProfiles } from './use-profiles.ts';

/** The model endpoints that jobs can name. */
export function ProfilesPage() {
  const { profiles, problem, save, remove } = useProfiles();
  const [edited, setEdited] = useState<ModelProfile | 'new' | null>(null);

  if (edited !== null) {
    return (
      <ProfileEditor
        profile={edited === 'new' ? null : edited}
        id={edited === 'new' ? (`agent-${crypto.randomUUID()}` as AgentId) : edited.id}
        onSave={save}
        onClose={() => setEdited(null)}
      />
    );
  }
  return (
    <div className={styles.page}>
      <p className={styles.intro}>
        A profile is the address of a model with its defaults. Jobs name it, so that its key is in none of
        them.
      </p>
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      {profiles !== null && profiles.length > 0 ? (
        <ul className={styles.list}>
          {profiles.map((profile) => (
            <li key={profile.id} className={styles.entry}>
              <button type="button" className={styles.main} onClick={() => setEdited(profile)}>
                <span className={styles.name}>{profile.name}</span>
                <span className={styles.note}>
                  {[profile.model, profile.base_url].filter(Boolean).join(' at ')}
                </span>
              </button>
              <IconButton
                label={`Remove ${profile.name}`}
                icon={<IconTrash size={15} />}
                onClick={() => void remove(profile.id)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Button className={styles.add} icon={<IconPlus size={15} />} onClick={() => setEdited('new')}>
        Add a model
      </Button>
    </div>
  );
}
