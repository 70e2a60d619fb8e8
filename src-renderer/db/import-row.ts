/** What the history keeps of an import, for as long as it can be undone. */
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from './job-row.ts';
import type { ViewRow } from './views.ts';

/**
 * `running` while pages are written; `done` when all are; `undoing` while they are taken back; `undone` when none is
 * left: such a row is kept, unseen, while a later import could put back what this one brought.
 */
export const IMPORT_STATES = ['running', 'done', 'undoing', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What became of the documents of an import. What is written is counted in the transaction that writes it. */
export interface ImportCounts {
  /** Jobs that the history did not have. */
  added: number;
  /** Jobs that came in the place of one of the same id. */
  replaced: number;
  /** Jobs that came in beside one of the same id, with an id of their own. */
  copied: number;
  /** The history had the very same. */
  same: number;
  /** The history had another of that id, and it was kept. */
  kept: number;
  /** The history had another of that id, which the runner owned: that one had to be kept. */
  active: number;
  /** Left out because they need a repair that was refused. */
  refused: number;
  /** Left out because they are not valid. */
  invalid: number;
}

export interface ImportRow {
  /** What the rows that came with it carry as `importId`. */
  id: string;
  /** Milliseconds since 1970 when it began. */
  at: number;
  /** Of the file, or of how many there were. */
  name: string;
  state: ImportState;
  counts: ImportCounts;
  /** True of a restore, which is kept as an import is. */
  isRestore?: boolean;
  /** How many deliveries came with it, which a restore alone brings; each says so itself. */
  deliveries?: number;
  /** Saved views that came with it, as they came: of a restore alone. */
  views?: readonly ViewRow[];
}

/** A row that an import replaced, whole: what undoing puts back. */
export interface ReplacedRow {
  importId: string;
  id: JobId;
  row: JobRow;
}

export function noImportCounts(): ImportCounts {
  return { added: 0, replaced: 0, copied: 0, same: 0, kept: 0, active: 0, refused: 0, invalid: 0 };
}

/** What it is called beside its name. */
export function importNoun({ isRestore }: Pick<ImportRow, 'isRestore'>): 'import' | 'restore' {
  return isRestore === true ? 'restore' : 'import';
}

/** How many jobs came with it. */
export function broughtBy({ added, replaced, copied }: ImportCounts): number {
  return added + replaced + copied;
}

export function sumOf(one: ImportCounts, other: ImportCounts): ImportCounts {
  const names = Object.keys(one) as (keyof ImportCounts)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as ImportCounts;
}
