import { useEffect, useState } from 'react';
import { useServices } from '../../../services/services.tsx';
import { type Completions, completionsAt } from './completion.ts';

/** What there is to complete at the caret; null while nothing is asked for, and where there is nothing. */
export function useCompletions(search: string, caret: number | null): Completions | null {
  const { db } = useServices();
  const [completions, setCompletions] = useState<Completions | null>(null);
  useEffect(() => {
    if (caret === null) {
      setCompletions(null);
      return;
    }
    let isOld = false;
    completionsAt(db, search, caret).then(
      (found) => {
        if (!isOld) setCompletions(found);
      },
      // One can type without; that the history can not be read is said where the rows would be.
      () => {
        if (!isOld) setCompletions(null);
      },
    );
    return () => {
      isOld = true;
    };
  }, [db, search, caret]);
  return completions;
}
