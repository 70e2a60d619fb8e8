import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { ImportOpened } from '#shared/contract/documents.ts';
import { useServices } from '../../services/services.tsx';
import { ImportReading, type ReadingSnapshot } from '../../sync/imports/import-reading.ts';

/**
 * Reads an import through and compares it with the history, for as long as the dialog is there. Once `keepOpen` was
 * called, what main holds of it is closed by somebody else.
 */
export function useReading(opened: ImportOpened): {
  reading: ImportReading;
  snapshot: ReadingSnapshot;
  keepOpen: () => void;
} {
  const { api, db } = useServices();
  const isKeptOpen = useRef(false);
  const reading = useMemo(() => new ImportReading({ api, db }, opened), [api, db, opened]);
  useEffect(() => {
    void reading.start();
    return () => {
      reading.dispose();
      // However the dialog goes away, what the application holds of the files is let go.
      if (!isKeptOpen.current) void api.closeImport({ importId: opened.importId });
    };
  }, [api, opened, reading]);
  const keepOpen = () => {
    isKeptOpen.current = true;
  };
  return { reading, snapshot: useSyncExternalStore(reading.subscribe, reading.getSnapshot), keepOpen };
}
