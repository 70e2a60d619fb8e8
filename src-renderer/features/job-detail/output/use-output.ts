import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { OutputRef } from '#shared/contract/output.ts';
import { unwrap } from '#shared/contract/result.ts';
import { useServices } from '../../../services/services.tsx';
import { OutputReader, type OutputSnapshot } from './output-reader.ts';

const LIVE_MS = 200;

/** An attempt's output: looked at five times a second while it grows and the window is seen. */
export function useOutput(
  ref: OutputRef,
  isLive: boolean,
): { reader: OutputReader; snapshot: OutputSnapshot } {
  const { api } = useServices();
  const { jobId, attempt, item, stream } = ref;
  const reader = useMemo(
    () =>
      new OutputReader(async (offset, maxBytes) =>
        unwrap(
          await api.readOutput({
            jobId,
            attempt,
            stream,
            offset,
            maxBytes,
            ...(item !== undefined && { item }),
          }),
        ),
      ),
    [api, jobId, attempt, item, stream],
  );

  useEffect(() => {
    void reader.poll();
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void reader.poll();
    }, LIVE_MS);
    return () => {
      clearInterval(timer);
      // The last words of a program may come with its end.
      void reader.poll();
    };
  }, [reader, isLive]);

  return { reader, snapshot: useSyncExternalStore(reader.subscribe, reader.getSnapshot) };
}
