import { useCallback, useEffect, useState } from 'react';
import type { CallbackKeyList, CallbackKeyMade } from '#shared/contract/callbacks.ts';
import type { RequestOf } from '#shared/contract/channels.ts';
import { unwrap } from '#shared/contract/result.ts';
import { useServices } from '../../../services/services.tsx';

export type NewCallbackKey = RequestOf<'callback-key:save'>;

export interface CallbackKeysState {
  /** Null until they are read. */
  list: CallbackKeyList | null;
  problem: string | null;
  /** @throws AppError where it could not be kept; so do the other two */
  save(key: NewCallbackKey): Promise<CallbackKeyMade>;
  rotate(id: string): Promise<CallbackKeyMade>;
  remove(id: string): Promise<void>;
}

/** The keys that callbacks are signed with. Their secrets are not to be had here but for one that was just made. */
export function useCallbackKeys(): CallbackKeysState {
  const { api } = useServices();
  const [list, setList] = useState<CallbackKeyList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const read = useCallback(async () => {
    const answer = await api.listCallbackKeys();
    if (answer.ok) setList(answer.value);
    setProblem(answer.ok ? null : answer.error.message);
  }, [api]);
  useEffect(() => void read(), [read]);

  return {
    list,
    problem,
    async save(key) {
      const made = unwrap(await api.saveCallbackKey(key));
      await read();
      return made;
    },
    async rotate(id) {
      const made = unwrap(await api.rotateCallbackKey({ id, secret: null }));
      await read();
      return made;
    },
    async remove(id) {
      unwrap(await api.removeCallbackKey({ id }));
      await read();
    },
  };
}
