import { useEffect, useRef, useState } from 'react';
import type { RetentionRules } from '#shared/contract/retention.ts';
import { errorSentence } from '../../../db/database-problem.ts';
import { useServices } from '../../../services/services.tsx';
import { previewRetention, type RetentionPreview, totalOf } from '../../../sync/retention.ts';

/** Looks at once at what the rules would make go. Where that is nothing it is told to `onNothing` instead. */
export function useFirstLook(
  rules: RetentionRules,
  onNothing: () => void,
): { preview: RetentionPreview | null; looked: number; problem: string | null } {
  const { api, db } = useServices();
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [looked, setLooked] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const told = useRef(onNothing);
  told.current = onNothing;

  useEffect(() => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const look = async () => {
      const found = await previewRetention({ api, db }, rules, { signal, onProgress: setLooked });
      if (signal.aborted) return;
      const { jobs, outputs } = totalOf(found);
      if (jobs + outputs === 0) told.current();
      else setPreview(found);
    };
    look().catch((error: unknown) => {
      if (!signal.aborted) setProblem(errorSentence(error));
    });
    return () => stopping.abort();
  }, [api, db, rules]);
  return { preview, looked, problem };
}
