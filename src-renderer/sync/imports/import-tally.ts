/** How many documents of an import are what, and where the pages of each list begin: flat, whatever its size. */
import {
  type ImportFilter,
  type ImportOutcome,
  REPAIR_KINDS,
  type RepairKind,
} from '#shared/contract/documents.ts';

/** The lists of the preview. */
export type ListFilter = Exclude<ImportFilter, 'unknown'>;
export const LIST_FILTERS = ['all', 'new', 'repaired', 'same', 'conflict', 'invalid'] as const;

/** What the sums need to know of a document. */
export interface Judged {
  place: number;
  outcome: ImportOutcome;
  repairs: readonly RepairKind[];
  /** It could run, and would wait for an approval. */
  waits: boolean;
  /** In conflict with a job that the runner owns now. */
  isActive: boolean;
}

/** Documents that are alike in all that decides what becomes of them. */
export interface Group extends Omit<Judged, 'place'> {
  count: number;
}

/** As many lines of a list are read at a time. */
export const LIST_PAGE = 100;

export class ImportTally {
  readonly #groups = new Map<string, Group>();
  readonly #counts = Object.fromEntries(LIST_FILTERS.map((filter) => [filter, 0])) as Record<
    ListFilter,
    number
  >;
  /** For each list the place of the last document before each of its pages. */
  readonly #starts = Object.fromEntries(LIST_FILTERS.map((filter) => [filter, [-1]])) as Record<
    ListFilter,
    number[]
  >;

  /** Documents are added in the order of their places, each once. */
  add(document: Judged): void {
    const kinds = REPAIR_KINDS.filter((kind) => document.repairs.includes(kind));
    const { outcome, waits, isActive, place } = document;
    const key = `${outcome} ${kinds.join()} ${waits} ${isActive}`;
    const group = this.#groups.get(key);
    if (group !== undefined) group.count += 1;
    else this.#groups.set(key, { outcome, repairs: kinds, waits, isActive, count: 1 });
    const isRepaired = outcome !== 'invalid' && kinds.length > 0;
    for (const filter of isRepaired ? (['all', 'repaired', outcome] as const) : (['all', outcome] as const)) {
      this.#counts[filter] += 1;
      if (this.#counts[filter] % LIST_PAGE === 0) this.#starts[filter].push(place);
    }
  }

  get counts(): Readonly<Record<ListFilter, number>> {
    return { ...this.#counts };
  }

  get groups(): readonly Group[] {
    return [...this.#groups.values()].map((group) => ({ ...group }));
  }

  /** After which place the page of a list begins; null for one that is not there. */
  startOf(filter: ListFilter, page: number): number | null {
    return page * LIST_PAGE < this.#counts[filter] ? (this.#starts[filter][page] ?? null) : null;
  }
}
