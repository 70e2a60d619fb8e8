/** The receiver for trying callbacks out, as the application says it is. */
import { useEffect, useState } from 'react';
import type { ReceiverState } from '#shared/contract/callbacks.ts';
import { useServices } from './services.tsx';

/** How it is, as it changes; null until the application has answered. */
export function useReceiverState(): ReceiverState | null {
  const { api } = useServices();
  const [state, setState] = useState<ReceiverState | null>(null);
  useEffect(() => {
    let isPushed = false;
    const stop = api.onReceiverChanged((pushed) => {
      isPushed = true;
      setState(pushed);
    });
    void api.receiverState().then((answer) => {
      // What was pushed meanwhile is newer than what was asked for.
      if (!isPushed && answer.ok) setState(answer.value);
    });
    return stop;
  }, [api]);
  return state;
}
