import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ImportOpened } from '#shared/contract/documents.ts';
import { useServices } from '../../services/services.tsx';
import { ImportReading, type ReadingSnapshot } from '../../sync/imports/import-reading.ts';

/** Reads an import through and compares it with the history, for as long as the dialog is there. */
export function useReading(opened: ImportOpened): { reading: ImportReading; snapshot: ReadingSnapshot } {
  const { api, db } = useServices();
  const reading = useMemo(() => new ImportReading({ api, db }, opened), [api, db, opened]);
  useEffect(() => {
    void reading.start();
    return () => {
      reading.dispose();
      // However the dialog goes away, what the application holds of the files is let go.
      void api.closeImport({ importId: opened.importId });
    };
  }, [api, opened, reading]);
  return { reading, snapshot: useSyncExternalStore(reading.subscribe, reading.getSnapshot) };
}
