import { useEffect, useState } from 'react';
import type { ImportPreview } from '#shared/contract/documents.ts';
import { useServices } from '../../services/services.tsx';
import { previewDocuments } from '../../sync/import.ts';
import { emptyListing, type Listing, withPage } from './import-listing.ts';

export interface ImportReading extends Listing {
  /** True once every document was read and compared with the history. */
  isWhole: boolean;
  /** Why it could not be read on, as a sentence. */
  problem: string | null;
}

/** Reads an import through, a page at a time, and compares it with the history. Nothing is written. */
export function useImportListing(preview: ImportPreview): ImportReading {
  const { api, db } = useServices();
  const [reading, setReading] = useState<ImportReading>(() => fresh(preview));

  useEffect(() => {
    const abort = new AbortController();
    let listing = emptyListing(preview.files);
    setReading(fresh(preview));
    previewDocuments({ api, db }, preview, {
      signal: abort.signal,
      onPage: (documents, compared) => {
        if (abort.signal.aborted) return;
        listing = withPage(listing, documents, compared);
        setReading({ ...listing, isWhole: false, problem: null });
      },
    }).then(
      () => {
        if (!abort.signal.aborted) setReading({ ...listing, isWhole: true, problem: null });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        setReading({ ...listing, isWhole: false, problem });
      },
    );
    return () => abort.abort();
  }, [api, db, preview]);

  return reading;
}

function fresh({ files }: ImportPreview): ImportReading {
  return { ...emptyListing(files), isWhole: false, problem: null };
}
