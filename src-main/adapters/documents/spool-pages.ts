/** Pages of a spool, each found by an index whatever the filter: the last costs what the first does. */
import type { DatabaseSync } from 'node:sqlite';
import {
  type CheckedDocument,
  type ImportedDocument,
  type ImportFilter,
  REPAIR_KINDS,
  type RepairKind,
} from '#shared/contract/documents.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { parseJson } from '#shared/json/parse-json.ts';

export interface SpoolPage {
  documents: ImportedDocument[];
  /** The place after which the next page begins; null after the last document there is. */
  next: number | null;
}

export interface SpoolPages {
  /** At most `limit`, and no more once they are `maxBytes` large. */
  page(filter: ImportFilter, after: number, limit: number, maxBytes: number): SpoolPage;
  /** Those that are invalid, or need a repair of these kinds. */
  refusedPage(kinds: readonly RepairKind[], after: number, limit: number, maxBytes: number): SpoolPage;
}

/** By the number that stands for them in the database. */
export const OUTCOMES = ['unknown', 'new', 'same', 'conflict', 'invalid'] as const;
export const UNKNOWN = OUTCOMES.indexOf('unknown');
export const INVALID = OUTCOMES.indexOf('invalid');

/** @param sqlite has the tables of `spool.ts` */
export function pagesOf(sqlite: DatabaseSync): SpoolPages {
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
      ...(parseJson(String(told)) as Omit<CheckedDocument, 'job'>),
      job: job === null ? null : (parseJson(String(job)) as BatchJob),
      place: Number(place),
      outcome: OUTCOMES[Number(outcome)] ?? 'unknown',
    });
  }
  return { documents, next: null };
}

/** Of a document's repairs, each kind has a bit. */
export function bitOf(kind: RepairKind): number {
  return 1 << REPAIR_KINDS.indexOf(kind);
}
