import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReceivedCallback } from '#shared/contract/callbacks.ts';
import { useServices } from '../../../services/services.tsx';

/** What has arrived at the receiver, newest first, as it arrives. */
export function useReceived(): { received: readonly ReceivedCallback[]; problem: string | null } {
  const { api } = useServices();
  const [received, setReceived] = useState<readonly ReceivedCallback[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const asking = useRef({ isAsking: false, isStale: false });

  /** One question at a time; what arrived during one is asked for after it. */
  const read = useCallback(async () => {
    const turn = asking.current;
    turn.isStale = true;
    if (turn.isAsking) return;
    turn.isAsking = true;
    while (turn.isStale) {
      turn.isStale = false;
      const answer = await api.listReceived();
      if (answer.ok) setReceived(answer.value.received);
      setProblem(answer.ok ? null : answer.error.message);
    }
    turn.isAsking = false;
  }, [api]);

  useEffect(() => {
    void read();
    return api.onReceiverChanged(() => void read());
  }, [api, read]);
  return { received, problem };
}
