/** The imports that a person is looking at: opened, shown a page at a time, closed. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { RequestOf } from '#shared/contract/channels.ts';
import type {
  CheckedDocument,
  ImportOpened,
  ImportPage,
  ImportProgress,
  RepairKind,
} from '#shared/contract/documents.ts';
import { type Leftovers, NO_LEFTOVERS } from '../export/leftovers.ts';
import { checkedDocuments } from './checked-documents.ts';
import { type DocumentSource, sourcesAt, textSource } from './document-source.ts';
import { writeImportReport } from './import-report.ts';
import { beginImport, type OpenImport } from './open-import.ts';
import type { ToldDocument } from './spool-pages.ts';
import type { FreeBytes } from './spool-room.ts';

export interface Imports {
  /**
   * Begins to read files, and folders with all that is in them.
   * @param paths absolute
   * @throws AppError `not-found`, `io` for what can't be looked at
   */
  openImport(paths: readonly string[]): Promise<ImportOpened>;
  /** Begins to read text that was pasted or dropped; `name` stands for the file's. */
  importText(name: string, text: string): Promise<ImportOpened>;
  /** Checks the documents of a text at once, for an editor: nothing is kept. Gives `CheckedDocument[]` as JSON. */
  checkText(name: string, text: string): Promise<string>;
  // These four throw AppError `not-found` where the import is closed.
  progress(importId: string): Promise<ImportProgress>;
  readPage(request: RequestOf<'import:page'>): Promise<ImportPage>;
  tellOutcomes(request: RequestOf<'import:outcomes'>): Promise<void>;
  /**
   * Writes a line for each document that does not come in, where repairs of these kinds are refused.
   * @param path absolute
   * @returns how many
   */
  writeReport(importId: string, refused: readonly RepairKind[], path: string): Promise<number>;
  /** Ends it, also in the middle of reading. One that is closed stays so. */
  close(importId: string): Promise<void>;
  closeAll(): Promise<void>;
  /** Told of each import at most ten times a second while it is read, and once at its end. */
  onProgress(listener: (progress: ImportProgress) => void): Disposer;
}

export interface ImportOptions {
  /** Opening one more closes the oldest. */
  maxOpen: number;
  /** A page ends early once its documents are this long, in characters of JSON. */
  maxPageLength: number;
  /** On the disk that holds what is read; the system is asked where absent. */
  freeBytes?: FreeBytes;
  /** Where it is written down what is in the making: what a kill leaves of a report is removed at the next start. */
  leftovers: Leftovers;
}

const DEFAULTS: ImportOptions = { maxOpen: 4, maxPageLength: 1024 * 1024, leftovers: NO_LEFTOVERS };
const REPORT_PAGE = 500;

/**
 * @param now the time that documents without `created_at` get, RFC 3339
 */
export function createImports(now: () => string, options: Partial<ImportOptions> = {}): Imports {
  const { maxOpen, maxPageLength, freeBytes, leftovers } = { ...DEFAULTS, ...options };
  const imports = new Map<string, OpenImport>();
  const listeners = new Set<(progress: ImportProgress) => void>();

  async function begin(sources: readonly DocumentSource[]): Promise<ImportOpened> {
    const tell = (progress: ImportProgress) => {
      for (const listener of listeners) listener(progress);
    };
    const begun = beginImport(sources, now(), tell, freeBytes);
    imports.set(begun.opened.importId, begun);
    const [oldest] = imports.keys();
    if (imports.size > maxOpen && oldest !== undefined) await close(oldest);
    return begun.opened;
  }

  async function close(importId: string): Promise<void> {
    const closing = imports.get(importId);
    imports.delete(importId);
    await closing?.close();
  }

  function find(importId: string): OpenImport {
    const found = imports.get(importId);
    if (found !== undefined) return found;
    throw new AppError(
      'not-found',
      'Expected an import that is open, got one that was closed: open the file again.',
    );
  }

  async function* refusedPages(
    { spool }: OpenImport,
    refused: readonly RepairKind[],
  ): AsyncGenerator<ToldDocument[]> {
    for (let after: number | null = -1; after !== null; ) {
      const { documents, next } = spool.refusedPage(refused, after, REPORT_PAGE, maxPageLength);
      yield documents;
      after = next;
    }
  }

  return {
    openImport: async (paths) => begin(await sourcesAt(paths)),
    importText: (name, text) => begin([textSource(name, text)]),
    checkText: async (name, text) => JSON.stringify(await checkedAtOnce(textSource(name, text), now())),
    progress: async (importId) => find(importId).progress(),
    readPage: async ({ importId, filter, after, limit }) =>
      find(importId).spool.page(filter, after, limit, maxPageLength),
    tellOutcomes: async ({ importId, outcomes }) => find(importId).spool.setOutcomes(outcomes),
    writeReport: async (importId, refused, path) =>
      writeImportReport(path, refused, refusedPages(find(importId), refused), { leftovers }),
    close,
    async closeAll() {
      await Promise.all([...imports.keys()].map(close));
    },
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function checkedAtOnce(source: DocumentSource, now: string): Promise<CheckedDocument[]> {
  const documents: CheckedDocument[] = [];
  for await (const found of checkedDocuments(source, { now, uuid: randomUUID, by: null })) {
    for (const { checked } of found) documents.push(checked);
  }
  return documents;
}
