/**
 * Imports that a person is looking at: opened once, read a page at a time, closed. What is kept is the documents'
 * bytes; a page is checked when it is read, so that memory is bounded by the size of the files.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import type { ImportPage } from '#shared/contract/channels.ts';
import type { CheckedDocument, ImportCounts, ImportPreview } from '#shared/contract/documents.ts';
import type { Origin } from '#shared/job/new-job.ts';
import { checkParsed } from './check-parsed.ts';
import type { RawDocument } from './document-splitter.ts';
import { parseDocument } from './parse-document.ts';
import { bytesOf, bytesOfFile, createPause, readDocuments, sizeOfFile } from './read-documents.ts';

export interface Imports {
  /**
   * Opens files and reads them through.
   * @throws AppError `not-found`, `bad-request`, `io` for a file that can't be read, `too-large`
   */
  openImport(paths: readonly string[]): Promise<ImportPreview>;
  /** Opens text that was pasted or dropped; `name` stands for the file's. */
  importText(name: string, text: string): Promise<ImportPreview>;
  /**
   * Documents from the one numbered `after` on, at most `limit`.
   * @throws AppError `not-found` where the import is closed
   */
  readPage(importId: string, after: number, limit: number): Promise<ImportPage>;
  close(importId: string): void;
}

export interface ImportLimits {
  maxBytes: number;
  maxDocuments: number;
  /** Opening one more closes the oldest. */
  maxSessions: number;
  /** A page ends early once its documents are this large. */
  maxPageBytes: number;
}

const MIB = 1024 * 1024;
const LIMITS: ImportLimits = {
  maxBytes: 256 * MIB,
  maxDocuments: 1_000_000,
  maxSessions: 4,
  maxPageBytes: 8 * MIB,
};

interface Entry {
  file: string;
  raw: RawDocument;
  /** The id it was given when it was opened: the same on every page read. */
  givenId: string | null;
  /** Where the same id was seen before. */
  sameAs: string | null;
}

interface Session {
  entries: Entry[];
  now: string;
}

interface Source {
  name: string;
  sizeBytes: number;
  chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * @param now the time that documents without `created_at` get, RFC 3339
 */
export function createImports(now: () => string, limits: Partial<ImportLimits> = {}): Imports {
  const { maxBytes, maxDocuments, maxSessions, maxPageBytes } = { ...LIMITS, ...limits };
  const sessions = new Map<string, Session>();

  async function open(sources: readonly Source[]): Promise<ImportPreview> {
    const totalBytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (totalBytes > maxBytes) throw tooLarge(`${maxBytes / MIB} MiB`, `${Math.ceil(totalBytes / MIB)} MiB`);
    const session: Session = { entries: [], now: now() };
    const counts: ImportCounts = { total: 0, valid: 0, repaired: 0, invalid: 0 };
    const firstSeen = new Map<string, string>();
    for (const { name, chunks } of sources) {
      for await (const raw of readDocuments(chunks())) {
        if (session.entries.length === maxDocuments) throw tooLarge(`${maxDocuments} documents`, 'more');
        const entry: Entry = { file: name, raw, givenId: null, sameAs: null };
        const checked = check(entry, session);
        if (checked.id === null && checked.job !== null) entry.givenId = checked.job.id;
        if (checked.id !== null && checked.job !== null) {
          entry.sameAs = firstSeen.get(checked.id) ?? null;
          if (entry.sameAs === null) firstSeen.set(checked.id, `${name}, line ${raw.start.line}`);
        }
        session.entries.push(entry);
        count(counts, entry.sameAs === null ? checked : refused(checked, entry.sameAs));
      }
    }
    const importId = randomUUID();
    sessions.set(importId, session);
    const [oldest] = sessions.keys();
    if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest);
    return { importId, files: sources.map(({ name, sizeBytes }) => ({ name, sizeBytes })), counts };
  }

  return {
    async openImport(paths) {
      const sources: Source[] = [];
      for (const path of paths) {
        sources.push({
          name: basename(path),
          sizeBytes: await sizeOfFile(path),
          chunks: () => bytesOfFile(path),
        });
      }
      return open(sources);
    },

    importText(name, text) {
      return open([{ name, sizeBytes: Buffer.byteLength(text), chunks: () => bytesOf(text) }]);
    },

    async readPage(importId, after, limit) {
      const session = sessions.get(importId);
      if (session === undefined) {
        throw new AppError(
          'not-found',
          'Expected an import that is open, got one that was closed: open the file again.',
        );
      }
      const documents: CheckedDocument[] = [];
      const pause = createPause();
      let pageBytes = 0;
      let at = after;
      for (; at < session.entries.length && documents.length < limit && pageBytes < maxPageBytes; at++) {
        const entry = session.entries[at] as Entry;
        const checked = check(entry, session);
        documents.push(entry.sameAs === null ? checked : refused(checked, entry.sameAs));
        pageBytes += entry.raw.bytes.length;
        await pause();
      }
      return { documents, next: at < session.entries.length ? at : null };
    },

    close(importId) {
      sessions.delete(importId);
    },
  };
}

/** Checks the documents of a text at once, for an editor: no session is kept. */
export async function checkText(name: string, text: string, now: () => string): Promise<CheckedDocument[]> {
  const origin: Origin = { now: now(), uuid: randomUUID, by: null };
  const documents: CheckedDocument[] = [];
  for await (const raw of readDocuments(bytesOf(text))) {
    documents.push(checkParsed(parseDocument(raw), name, origin));
  }
  return documents;
}

function check({ file, raw, givenId }: Entry, { now }: Session): CheckedDocument {
  const uuid = givenId === null ? randomUUID : () => givenId.slice(givenId.indexOf('-') + 1);
  return checkParsed(parseDocument(raw), file, { now, uuid, by: null });
}

/** An id names one job: the second document that has it can't come in. */
function refused(checked: CheckedDocument, sameAs: string): CheckedDocument {
  const message = `Expected each id once in an import, got ${JSON.stringify(checked.id)} again (first in ${sameAs}).`;
  return {
    ...checked,
    valid: false,
    errors: [...checked.errors, { path: '/id', message }],
    repairs: [],
    job: null,
  };
}

function count(counts: ImportCounts, { valid, job }: CheckedDocument): void {
  counts.total++;
  if (job === null) counts.invalid++;
  else if (valid) counts.valid++;
  else counts.repaired++;
}

function tooLarge(limit: string, got: string): AppError {
  return new AppError(
    'too-large',
    `Expected at most ${limit} in one import, got ${got}: import it in parts.`,
  );
}
