/**
 * The documents of an import while a person looks at them: a temporary database of SQLite, most of it on the disk, so that
 * memory does not grow with it. SQLite deletes the file as it opens it (on Windows: the system does when it is closed), so
 * that a crash leaves nothing behind (https://sqlite.org/tempfiles.html).
 */
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import {
  type CheckedDocument,
  type ImportedDocument,
  type ImportFilter,
  REPAIR_KINDS,
  type RepairKind,
} from '#shared/contract/documents.ts';
import { explained } from '../journal/sqlite-error.ts';

export interface SpoolPage {
  documents: ImportedDocument[];
  /** The place after which the next page begins; null after the last document there is. */
  next: number | null;
}

export interface Spool {
  /**
   * Adds documents, all of them or none, and gives them as they were kept: one whose id came in before is invalid.
   * @throws AppError `disk-full`, `io`
   */
  add(documents: readonly CheckedDocument[]): CheckedDocument[];
  /** At most `limit`, and no more once they are `maxBytes` large. */
  page(filter: ImportFilter, after: number, limit: number, maxBytes: number): SpoolPage;
  /** Those that are invalid, or need a repair of these kinds. */
  refusedPage(kinds: readonly RepairKind[], after: number, limit: number, maxBytes: number): SpoolPage;
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
const OUTCOMES = ['unknown', 'new', 'same', 'conflict', 'invalid'] as const;
const UNKNOWN = OUTCOMES.indexOf('unknown');
const INVALID = OUTCOMES.indexOf('invalid');

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
    insertBody.run(place, JSON.stringify(told), job === null ? null : JSON.stringify(job));
    return document;
  }

  return {
    add: (documents) =>
      transaction(() => {
        const kept = documents.map((document, at) => keep(document, count + at));
        count += kept.length;
        return kept;
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

function pagesOf(sqlite: DatabaseSync): Pick<Spool, 'page' | 'refusedPage'> {
  const select = (where: string) =>
    sqlite.prepare(
      `SELECT place, outcome, told, job FROM documents JOIN bodies USING (place)
       WHERE ${where} AND place > $after ORDER BY place LIMIT $limit`,
    );
  const all = select('$of IS NULL');
  const repaired = select('repairs <> 0 AND $of IS NULL');
  const byOutcome = select('outcome = $of');
  const refused = sqlite.prepare(
    `SELECT place, outcome, told, job FROM (
       SELECT place, outcome FROM documents WHERE outcome = ${INVALID} AND place > $after
       UNION ALL
       SELECT place, outcome FROM documents
       WHERE repairs <> 0 AND repairs & $of <> 0 AND place > $after
       ORDER BY place LIMIT $limit
     ) JOIN bodies USING (place) ORDER BY place`,
  );

  return {
    page(filter, after, limit, maxBytes) {
      if (filter === 'all' || filter === 'repaired') {
        const statement = filter === 'all' ? all : repaired;
        return pageOf(statement.iterate({ $of: null, $after: after, $limit: limit + 1 }), limit, maxBytes);
      }
      const $of = OUTCOMES.indexOf(filter);
      return pageOf(byOutcome.iterate({ $of, $after: after, $limit: limit + 1 }), limit, maxBytes);
    },
    refusedPage(kinds, after, limit, maxBytes) {
      const $of = kinds.reduce((mask, kind) => mask | bitOf(kind), 0);
      return pageOf(refused.iterate({ $of, $after: after, $limit: limit + 1 }), limit, maxBytes);
    },
  };
}

type Row = Record<string, unknown>;

function pageOf(rows: Iterable<Row>, limit: number, maxBytes: number): SpoolPage {
  const documents: ImportedDocument[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (documents.length === limit || bytes > maxBytes) {
      return { documents, next: documents.at(-1)?.place ?? null };
    }
    const { place, outcome, told, job } = row;
    bytes += String(told).length + String(job).length;
    documents.push({
      ...(JSON.parse(String(told)) as Omit<CheckedDocument, 'job'>),
      job: job === null ? null : JSON.parse(String(job)),
      place: Number(place),
      outcome: OUTCOMES[Number(outcome)] ?? 'unknown',
    });
  }
  return { documents, next: null };
}

function maskOf({ repairs }: CheckedDocument): number {
  return repairs.reduce((mask, { kind }) => mask | bitOf(kind), 0);
}

function bitOf(kind: RepairKind): number {
  return 1 << REPAIR_KINDS.indexOf(kind);
}

/** An id names one job: the second document that has it can't come in. */
function second(document: CheckedDocument, first: Row | undefined): CheckedDocument {
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
