/**
 * The documents of an import while a person looks at them: a temporary database of SQLite, most of it on the disk, so that
 * memory does not grow with it. SQLite deletes the file as it opens it (on Windows: the system does when it is closed), so
 * that a crash leaves nothing behind (https://sqlite.org/tempfiles.html).
 */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import type { CheckedDocument } from '#shared/contract/documents.ts';
import { explained } from '../journal/sqlite-error.ts';
import { bitOf, INVALID, OUTCOMES, pagesOf, type SpoolPages, UNKNOWN } from './spool-pages.ts';

export interface Spool extends SpoolPages {
  /**
   * Adds documents, all of them or none, and gives them as they were kept: one whose id came in before is invalid.
   * `sizeBytes` is about what was written.
   * @throws AppError `disk-full`, `io`
   */
  add(documents: readonly CheckedDocument[]): { documents: CheckedDocument[]; sizeBytes: number };
  /** @throws AppError `bad-request` for a place that has no document which comes in */
  setOutcomes(outcomes: readonly { place: number; outcome: 'new' | 'same' | 'conflict' }[]): void;
  close(): void;
}

/** What a sentence names: the file has no name of its own. */
const NAME = 'The temporary file of the import';
const CACHE_KIB = 8 * 1024;

// What pages are found by is kept apart from the documents, so that telling an outcome writes little.
const SCHEMA = `
  CREATE TABLE documents (
    place INTEGER PRIMARY KEY,
    id TEXT UNIQUE,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    repairs INTEGER NOT NULL
  );
  CREATE TABLE bodies (place INTEGER PRIMARY KEY, told TEXT NOT NULL, job TEXT);
  CREATE INDEX by_outcome ON documents (outcome, place);
  CREATE INDEX repaired ON documents (place, repairs) WHERE repairs <> 0;
`;

export function openSpool(): Spool {
  return explained(NAME, () => {
    const sqlite = new DatabaseSync('');
    sqlite.exec(`PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -${CACHE_KIB}; ${SCHEMA}`);
    return spoolOver(sqlite);
  });
}

function spoolOver(sqlite: DatabaseSync): Spool {
  const insert = sqlite.prepare(
    `INSERT INTO documents (place, id, file, line, outcome, repairs) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  );
  const insertBody = sqlite.prepare('INSERT INTO bodies (place, told, job) VALUES (?, ?, ?)');
  const first = sqlite.prepare('SELECT file, line FROM documents WHERE id = ?');
  const update = sqlite.prepare(`UPDATE documents SET outcome = ? WHERE place = ? AND outcome <> ${INVALID}`);
  const { page, refusedPage } = pagesOf(sqlite);
  let count = 0;
  let sizeBytes = 0;

  function transaction<T>(action: () => T): T {
    return explained(NAME, () => {
      sqlite.exec('BEGIN');
      try {
        const result = action();
        sqlite.exec('COMMIT');
        return result;
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    });
  }

  function keep(document: CheckedDocument, place: number): CheckedDocument {
    const { file, line, job } = document;
    const id = job?.id ?? null;
    const { changes } = insert.run(place, id, file, line, id === null ? INVALID : UNKNOWN, maskOf(document));
    if (changes === 0) return keep(second(document, first.get(id)), place);
    const { job: _, ...told } = document;
    const toldText = JSON.stringify(told);
    const jobText = job === null ? null : JSON.stringify(job);
    insertBody.run(place, toldText, jobText);
    sizeBytes += toldText.length + (jobText?.length ?? 0);
    return document;
  }

  return {
    add: (documents) =>
      transaction(() => {
        sizeBytes = 0;
        const kept = documents.map((document, at) => keep(document, count + at));
        count += kept.length;
        return { documents: kept, sizeBytes };
      }),
    page: (...asked) => explained(NAME, () => page(...asked)),
    refusedPage: (...asked) => explained(NAME, () => refusedPage(...asked)),
    setOutcomes: (outcomes) =>
      transaction(() => {
        for (const { place, outcome } of outcomes) {
          const { changes } = update.run(OUTCOMES.indexOf(outcome), place);
          if (changes === 0) throw noSuchPlace(place);
        }
      }),
    close: () => sqlite.close(),
  };
}

function maskOf({ repairs }: CheckedDocument): number {
  return repairs.reduce((mask, { kind }) => mask | bitOf(kind), 0);
}

/** An id names one job: the second document that has it can't come in. */
function second(document: CheckedDocument, first: Record<string, unknown> | undefined): CheckedDocument {
  const where = `${first?.file}, line ${first?.line}`;
  const message = `Expected each id once in an import, got ${JSON.stringify(document.id)} again (first in ${where}).`;
  return {
    ...document,
    valid: false,
    errors: [...document.errors, { path: '/id', message }],
    repairs: [],
    job: null,
  };
}

function noSuchPlace(place: number): AppError {
  return new AppError('bad-request', `Expected the place of a document that comes in, got ${place}.`);
}
