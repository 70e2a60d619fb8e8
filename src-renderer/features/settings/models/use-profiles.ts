import { useCallback, useEffect, useState } from 'react';
import type { AgentId, ModelProfile } from '#shared/contract/profiles.ts';
import { unwrap } from '#shared/contract/result.ts';
import { useServices } from '../../../services/services.tsx';

export interface Profiles {
  /** Null until they are read. */
  profiles: readonly ModelProfile[] | null;
  problem: string | null;
  /** @throws AppError where it could not be kept */
  save(profile: ModelProfile): Promise<void>;
  remove(id: AgentId): Promise<void>;
}

/** The saved model profiles. */
export function useProfiles(): Profiles {
  const { api } = useServices();
  const [profiles, setProfiles] = useState<readonly ModelProfile[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const read = useCallback(async () => {
    const answer = await api.listProfiles();
    if (answer.ok) setProfiles(answer.value.profiles);
    setProblem(answer.ok ? null : answer.error.message);
  }, [api]);
  useEffect(() => void read(), [read]);

  return {
    profiles,
    problem,
    async save(profile) {
      unwrap(await api.saveProfile(profile));
      await read();
    },
    async remove(id) {
      const answer = await api.removeProfile({ id });
      await read();
      if (!answer.ok) setProblem(answer.error.message);
    },
  };
}
