import { useCallback, useEffect, useState } from 'react';
import { databaseProblemSentence, errorSentence } from '../../../db/database-problem.ts';
import { type StorageKept, storageKept } from '../../../db/keep-storage.ts';
import { deleteSetAside, type HistorySetAside, historiesSetAside } from '../../../db/open-history.ts';
import { useServices } from '../../../services/services.tsx';

export interface StorageFacts {
  kept: StorageKept;
  /** What this window stores, and what it may; undefined where the browser does not say. */
  usedBytes: number | undefined;
  mostBytes: number | undefined;
  aside: readonly HistorySetAside[];
}

/** What the browser says of this window's storage, and what else than the history is in it. */
export function useStorage(): {
  facts: StorageFacts | null;
  problem: string | null;
  remove: (name: string) => Promise<void>;
} {
  const { db } = useServices();
  const [facts, setFacts] = useState<StorageFacts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const look = useCallback(async () => {
    try {
      const [kept, { usage, quota }, aside] = await Promise.all([
        storageKept(db),
        navigator.storage.estimate(),
        historiesSetAside(),
      ]);
      setFacts({ kept, usedBytes: usage, mostBytes: quota, aside });
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  }, [db]);
  useEffect(() => void look(), [look]);

  const remove = async (name: string) => {
    try {
      await deleteSetAside(name);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    await look();
  };
  return { facts, problem, remove };
}

/** The list of databases is asked of the browser itself. */
function sentenceOf(error: unknown): string {
  return databaseProblemSentence(error) ?? errorSentence(error);
}
