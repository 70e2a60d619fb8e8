import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';
import type { ImportRow } from '../../../db/import-row.ts';
import { listImports } from '../../../db/imports.ts';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';

/** The imports of the history, newest first, as they are now. */
export function useLastImports(): readonly ImportRow[] {
  const { db } = useServices();
  const [imports, setImports] = useState<readonly ImportRow[]>([]);
  useEffect(() => {
    const subscription = liveQuery(() => listImports(db)).subscribe({
      next: setImports,
      error: (error: unknown) => showError('The last imports could not be read.', error),
    });
    return () => subscription.unsubscribe();
  }, [db]);
  return imports;
}
