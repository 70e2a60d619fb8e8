/** Saved model profiles, kept beside the journal. */
import { AppError } from '#shared/app-error.ts';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import type { Meta } from '../journal/meta.ts';
import type { ProfileStore } from '../workspace-types.ts';

export interface ProfileStoreOptions {
  isProfile: (value: unknown) => value is ModelProfile;
  /** Told of profiles that are damaged; they are left out. */
  onProblem: (error: AppError) => void;
}

const KEY = 'model_profiles';

export function createProfileStore(meta: Meta, { isProfile, onProblem }: ProfileStoreOptions): ProfileStore {
  const profiles = new Map(load().map((profile) => [profile.id as string, profile]));

  function load(): ModelProfile[] {
    const kept = parsed(meta.read(KEY) ?? '[]');
    const valid = kept?.filter(isProfile) ?? [];
    if (kept === null || valid.length < kept.length) {
      const count =
        kept === null
          ? 'The saved model profiles'
          : `${kept.length - valid.length} of the saved model profiles`;
      onProblem(
        new AppError('invalid-document', `${count} can't be read and were left out. Set them up again.`),
      );
    }
    return valid;
  }

  const write = (wanted: Iterable<ModelProfile>) => meta.write(KEY, JSON.stringify([...wanted]));

  return {
    list: () => [...profiles.values()],
    get: (id) => profiles.get(id),
    save(profile) {
      if (!isProfile(profile)) throw new AppError('bad-request', `Expected a valid model profile.`);
      write(new Map([...profiles, [profile.id, profile]]).values());
      profiles.set(profile.id, profile);
    },
    remove(id) {
      write([...profiles.values()].filter((profile) => profile.id !== id));
      profiles.delete(id);
    },
  };
}

function parsed(text: string): unknown[] | null {
  try {
    const value = parseJson(text);
    return Array.isArray(value) ? value : null;
  } catch {
    // The caller says so, and what it does about it.
    return null;
  }
}
