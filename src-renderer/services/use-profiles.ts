import { useEffect, useState } from 'react';
import type { ModelProfile } from '#shared/contract/profiles.ts';
import { useServices } from './services.tsx';

export interface SavedProfiles {
  /** Null until they were read. */
  profiles: readonly ModelProfile[] | null;
  /** Why they could not be read. */
  problem: string | null;
}

/** The saved model profiles, as they were when first asked for. */
export function useProfiles(): SavedProfiles {
  const { api } = useServices();
  const [found, setFound] = useState<SavedProfiles>({ profiles: null, problem: null });
  useEffect(() => {
    let isGone = false;
    void api.listProfiles().then((answer) => {
      if (isGone) return;
      setFound(
        answer.ok
          ? { profiles: answer.value.profiles, problem: null }
          : { profiles: null, problem: `The saved profiles could not be read. ${answer.error.message}` },
      );
    });
    return () => {
      isGone = true;
    };
  }, [api]);
  return found;
}
