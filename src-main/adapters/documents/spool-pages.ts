/** Pages of a spool, each found by an index whatever the filter: the last costs what the first does. */
import type { DatabaseSync } from 'node:sqlite';
import {
  type CheckedDocument,
  type ImportFilter,
  type ImportPage,
  REPAIR_KINDS,
  type RepairKind,
} from '#shared/contract/documents.ts';
import { parseJson } from '#shared/json/parse-json.ts';

/** What is said of a document, without the record that it becomes. */
export type ToldDocument = Omit<CheckedDocument, 'job'>;

export interface ToldPage extends Pick<ImportPage, 'next'> {
  documents: ToldDocument[];
}

export interface SpoolPages {
  /** At most `limit`, and no more once they are `maxLength` characters long together. */
  page(filter: ImportFilter, after: number, limit: number, maxLength: number): ImportPage;
  /** Those that are invalid, or need a repair of these kinds. */
  refusedPage(kinds: readonly RepairKind[], after: number, limit: number, maxLength: number): ToldPage;
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
    page(filter, after, limit, maxLength) {
      const asked = { $after: after, $limit: limit + 1 };
      if (filter === 'all' || filter === 'repaired') {
        const statement = filter === 'all' ? all : repaired;
        return pageOf(upTo(statement.iterate({ $of: null, ...asked }), limit, maxLength));
      }
      const $of = OUTCOMES.indexOf(filter);
      return pageOf(upTo(byOutcome.iterate({ $of, ...asked }), limit, maxLength));
    },
    refusedPage(kinds, after, limit, maxLength) {
      const $of = kinds.reduce((mask, kind) => mask | bitOf(kind), 0);
      const found = refused.iterate({ $of, $after: after, $limit: limit + 1 });
      const { rows, next } = upTo(found, limit, maxLength);
      return {
        documents: rows.map(({ told }) => parseJson(String(told)) as ToldDocument),
        next,
      };
    },
  };
}

type Row = Record<string, unknown>;

interface Rows extends Pick<ImportPage, 'next'> {
  rows: Row[];
}

function upTo(found: Iterable<Row>, limit: number, maxLength: number): Rows {
  const rows: Row[] = [];
  let length = 0;
  for (const row of found) {
    if (rows.length === limit || length > maxLength) return { rows, next: Number(rows.at(-1)?.place) };
    length += String(row.told).length + String(row.job).length;
    rows.push(row);
  }
  return { rows, next: null };
}

/** Put together of what is in the spool, which is JSON already: nothing is parsed on its way to the window. */
function pageOf({ rows, next }: Rows): ImportPage {
  return { documents: `[${rows.map(textOf).join(',')}]`, next };
}

function textOf({ told, job, place, outcome }: Row): string {
  const rest = { place: Number(place), outcome: OUTCOMES[Number(outcome)] ?? 'unknown' };
  return `${String(told).slice(0, -1)},"job":${job ?? 'null'},${JSON.stringify(rest).slice(1)}`;
}

/** Of a document's repairs, each kind has a bit. */
export function bitOf(kind: RepairKind): number {
  return 1 << REPAIR_KINDS.indexOf(kind);
}
