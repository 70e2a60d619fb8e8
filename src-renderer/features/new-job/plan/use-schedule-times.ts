import { useEffect, useState } from 'react';
import { useServices } from '../../../services/services.tsx';
import type { WhenForm } from '../draft/when.ts';

const PAUSE_MS = 200;

interface Times {
  times: readonly string[];
  /** Why it has no next time. */
  problem: string | null;
}

/** The next times of a schedule, a moment after it was changed. */
export function useScheduleTimes(form: WhenForm): Times {
  const { api } = useServices();
  const { cron, timeZone, remaining, until } = form;
  const [found, setFound] = useState<Times>({ times: [], problem: null });
  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(async () => {
      const answer = await api.scheduleTimes({
        schedule: {
          cron,
          ...(timeZone !== '' && { time_zone: timeZone }),
          ...(remaining !== null && { remaining }),
          ...(until !== null && { until }),
        },
      });
      if (isGone) return;
      setFound(answer.ok ? answer.value : { times: [], problem: answer.error.message });
    }, PAUSE_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [api, cron, timeZone, remaining, until]);
  return found;
}
