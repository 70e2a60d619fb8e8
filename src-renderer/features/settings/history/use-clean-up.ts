import { useEffect, useRef, useState } from 'react';
import type { RetentionRules } from '#shared/contract/retention.ts';
import type { CleanUpNote } from '../../../db/clean-up-note.ts';
import { errorSentence } from '../../../db/database-problem.ts';
import { useServices } from '../../../services/services.tsx';
import { tellCleanedUp } from '../../../services/tell-cleaned-up.ts';
import {
  cleanUp,
  previewRetention,
  type RetentionOptions,
  type RetentionPreview,
} from '../../../sync/retention.ts';

export interface CleanUpState {
  /** Null before it was looked, and once it was cleaned up. */
  preview: RetentionPreview | null;
  /** What goes on, and how many jobs were looked at; null where nothing does. */
  working: { what: 'looking' | 'cleaning'; looked: number } | null;
  problem: string | null;
  look: () => void;
  clean: () => void;
  stop: () => void;
}

/** Looking at what the rules would make go, and letting it go. What goes on stops with other rules, and when the page is left. */
export function useCleanUp(rules: RetentionRules): CleanUpState {
  const { api, db } = useServices();
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [working, setWorking] = useState<CleanUpState['working']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  const rulesText = JSON.stringify(rules);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what other rules would make go is not known
  useEffect(
    () => () => {
      stopping.current?.abort();
      setPreview(null);
    },
    [rulesText],
  );

  const work = async (what: 'looking' | 'cleaning', action: (options: RetentionOptions) => Promise<void>) => {
    const controller = new AbortController();
    stopping.current = controller;
    setProblem(null);
    setWorking({ what, looked: 0 });
    try {
      const { signal } = controller;
      await action({ signal, onProgress: (looked) => setWorking({ what, looked }) });
    } catch (error) {
      if (!controller.signal.aborted) setProblem(errorSentence(error));
    } finally {
      setWorking(null);
    }
  };

  return {
    preview,
    working,
    problem,
    look: () =>
      void work('looking', async (options) =>
        setPreview(await previewRetention({ api, db }, rules, options)),
      ),
    clean: () =>
      void work('cleaning', async (options) => {
        // Its numbers hold no more from the first page on, however far it comes.
        setPreview(null);
        const onCleaned = (note: CleanUpNote) => tellCleanedUp({ api, db }, note);
        await cleanUp({ api, db }, rules, false, { ...options, onCleaned });
      }),
    stop: () => stopping.current?.abort(),
  };
}
