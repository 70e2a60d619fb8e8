import { useMemo, useSyncExternalStore } from 'react';
import type { ImportedDocument } from '#shared/contract/documents.ts';
import { compareWithHistory } from '../../db/import-compare.ts';
import { useServices } from '../../services/services.tsx';
import type { ImportReading } from '../../sync/imports/import-reading.ts';
import { LIST_PAGE, type ListFilter } from '../../sync/imports/import-tally.ts';
import { type ReadPage, readPage } from '../../sync/imports/read-page.ts';
import { importLine } from './import-line.ts';
import { ImportLines } from './import-lines.ts';

/** The lines of one list of an import, read as they are looked at. */
export function useImportLines(importId: string, reading: ImportReading, filter: ListFilter): ImportLines {
  const { api, db } = useServices();
  const lines = useMemo(() => {
    const documentsOf = async (page: number) => {
      const documents: ImportedDocument[] = [];
      let after = reading.tally.startOf(filter, page);
      // A page of large documents comes in several answers.
      while (after !== null && documents.length < LIST_PAGE) {
        const limit = LIST_PAGE - documents.length;
        const answer: ReadPage = await readPage(api, { importId, filter, after, limit });
        documents.push(...answer.documents);
        after = answer.next;
      }
      return documents;
    };
    return new ImportLines(async (page) => {
      const documents = await documentsOf(page);
      const jobs = documents.flatMap(({ job }) => job ?? []);
      const comparisons = (await compareWithHistory(db, jobs)).values();
      return documents.map((document) =>
        importLine(document, document.job === null ? undefined : comparisons.next().value),
      );
    });
  }, [api, db, importId, reading, filter]);
  useSyncExternalStore(lines.subscribe, lines.getVersion);
  return lines;
}
