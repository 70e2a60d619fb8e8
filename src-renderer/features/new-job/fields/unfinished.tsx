import { createContext, useCallback, useContext, useEffect, useId, useState } from 'react';

type Report = (id: string, sentence: string | null) => void;

const Unfinished = createContext<Report>(() => {});
export const UnfinishedProvider = Unfinished.Provider;

/**
 * What was typed and stands for no value yet: the document still has what was there before, so it must not be
 * saved. `report` is the value of the provider.
 */
export function useUnfinishedFields(): { sentences: readonly string[]; report: Report } {
  const [byId, setById] = useState<ReadonlyMap<string, string>>(new Map());
  const report = useCallback<Report>((id, sentence) => {
    setById((before) => {
      if ((before.get(id) ?? null) === sentence) return before;
      const after = new Map(before);
      if (sentence === null) after.delete(id);
      else after.set(id, sentence);
      return after;
    });
  }, []);
  return { sentences: [...byId.values()], report };
}

/** Says of a field what is wrong with its text; undefined once it stands for a value. */
export function useReportUnfinished(sentence: string | undefined): void {
  const id = useId();
  const report = useContext(Unfinished);
  useEffect(() => {
    report(id, sentence ?? null);
    return () => report(id, null);
  }, [id, report, sentence]);
}
