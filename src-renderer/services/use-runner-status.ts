import { useEffect, useState } from 'react';
import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import { useServices } from './services.tsx';

/** How the runner is, as it changes; null until it has answered, or a sentence why it does not. */
export function useRunnerStatus(): RunnerStatus | string | null {
  const { api } = useServices();
  const [status, setStatus] = useState<RunnerStatus | string | null>(null);
  useEffect(() => {
    let isPushed = false;
    const stop = api.onRunnerChanged((pushed) => {
      isPushed = true;
      setStatus(pushed);
    });
    void api.runnerStatus().then((answer) => {
      // What was pushed meanwhile is newer than what was asked for.
      if (!isPushed) setStatus(answer.ok ? answer.value : answer.error.message);
    });
    return stop;
  }, [api]);
  return status;
}
