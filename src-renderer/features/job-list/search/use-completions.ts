import { useEffect, useState } from 'react';
import { useServices } from '../../../services/services.tsx';
import { useProfiles } from '../../../services/use-profiles.ts';
import { type Completions, completionsAt } from './completion.ts';

/** What there is to complete at the caret; null while nothing is asked for, and where there is nothing. */
export function useCompletions(search: string, caret: number | null): Completions | null {
  const { db } = useServices();
  const { profiles } = useProfiles();
  const [completions, setCompletions] = useState<Completions | null>(null);
  useEffect(() => {
    if (caret === null) {
      setCompletions(null);
      return;
    }
    let isOld = false;
    completionsAt(db, search, caret, profiles ?? []).then(
      (found) => {
        if (!isOld) setCompletions(found);
      },
      // One can type without; that the history cannot be read is said where the rows would be.
      () => {
        if (!isOld) setCompletions(null);
      },
    );
    return () => {
      isOld = true;
    };
  }, [db, search, caret, profiles]);
  return completions;
}
