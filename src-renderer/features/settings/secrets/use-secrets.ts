import { useCallback, useEffect, useState } from 'react';
import type { SecretList } from '#shared/contract/profiles.ts';
import { unwrap } from '#shared/contract/result.ts';
import { useServices } from '../../../services/services.tsx';

export interface Secrets {
  /** Null until they are read. */
  list: SecretList | null;
  problem: string | null;
  /** @throws AppError where it could not be kept */
  save(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The names of the secrets that are kept. Their values are not to be had here. */
export function useSecrets(): Secrets {
  const { api } = useServices();
  const [list, setList] = useState<SecretList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const read = useCallback(async () => {
    const answer = await api.listSecrets();
    if (answer.ok) setList(answer.value);
    setProblem(answer.ok ? null : answer.error.message);
  }, [api]);
  useEffect(() => void read(), [read]);

  return {
    list,
    problem,
    async save(name, value) {
      unwrap(await api.saveSecret({ name, value }));
      await read();
    },
    async remove(name) {
      const answer = await api.removeSecret({ name });
      await read();
      if (!answer.ok) setProblem(answer.error.message);
    },
  };
}

/** Empty until they are read. */
export function useSecretNames(): readonly string[] {
  return useSecrets().list?.names ?? [];
}
