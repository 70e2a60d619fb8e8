/** What a person decided of an import, and what comes of it. */
import type { CheckedDocument, RepairKind } from '#shared/contract/documents.ts';
import type { ConflictChoice } from '../../db/import-page.ts';
import { type ImportCounts, noImportCounts } from '../../db/import-row.ts';
import type { Group, Judged } from './import-tally.ts';

export interface ImportPlan {
  /** A document that needs one of these repairs is left out. */
  refused: ReadonlySet<RepairKind>;
  /** What becomes of documents whose id the history has with another content. */
  conflicts: ConflictChoice;
  /** Those that were decided one by one, by their place. */
  exceptions: ReadonlyMap<number, { choice: ConflictChoice; document: Judged }>;
}

export const FIRST_PLAN: ImportPlan = { refused: new Set(), conflicts: 'mine', exceptions: new Map() };

/** Whether a document is left out because of a repair that it needs. */
export function isRefused(plan: Pick<ImportPlan, 'refused'>, repairs: readonly RepairKind[]): boolean {
  return plan.refused.size > 0 && repairs.some((kind) => plan.refused.has(kind));
}

export function kindsOf({ repairs }: Pick<CheckedDocument, 'repairs'>): RepairKind[] {
  return [...new Set(repairs.map(({ kind }) => kind))];
}

export function choiceFor(plan: ImportPlan, place: number): ConflictChoice {
  return plan.exceptions.get(place)?.choice ?? plan.conflicts;
}

export interface Forecast extends ImportCounts {
  /** Of those that come in: how many could run, and wait for an approval. */
  waiting: number;
}

/** What a plan makes of the documents that were read. */
export function forecast(plan: ImportPlan, groups: readonly Group[]): Forecast {
  const sums: Forecast = { ...noImportCounts(), waiting: 0 };
  const count = (group: Omit<Group, 'count'>, choice: ConflictChoice, times: number) => {
    const becomes = becomesOf(plan, group, choice);
    sums[becomes] += times;
    if (group.waits && isBrought(becomes)) sums.waiting += times;
  };
  for (const group of groups) count(group, plan.conflicts, group.count);
  for (const { choice, document } of plan.exceptions.values()) {
    count(document, plan.conflicts, -1);
    count(document, choice, 1);
  }
  return sums;
}

/** The counts of what a commit does not go through again, as nothing of it is written. */
export function notWritten(
  plan: ImportPlan,
  { same, refused, invalid, kept, active }: ImportCounts,
): ImportCounts {
  const conflicts = plan.conflicts === 'mine' ? { kept, active } : {};
  return { ...noImportCounts(), same, refused, invalid, ...conflicts };
}

/** Under which count a document goes. */
export function becomesOf(
  plan: Pick<ImportPlan, 'refused'>,
  { outcome, repairs, isActive }: Pick<Judged, 'outcome' | 'repairs' | 'isActive'>,
  choice: ConflictChoice,
): keyof ImportCounts {
  if (outcome === 'invalid') return 'invalid';
  if (isRefused(plan, repairs)) return 'refused';
  if (outcome === 'same') return 'same';
  if (outcome === 'new') return 'added';
  if (isActive) return 'active';
  return choice === 'mine' ? 'kept' : choice === 'theirs' ? 'replaced' : 'copied';
}

/** How many documents need each repair, of those that could come in. */
export function repairCounts(groups: readonly Group[]): Map<RepairKind, number> {
  const counts = new Map<RepairKind, number>();
  for (const { repairs, count, outcome } of groups) {
    if (outcome === 'invalid') continue;
    for (const kind of repairs) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return counts;
}

export function isBrought(becomes: keyof ImportCounts): boolean {
  return becomes === 'added' || becomes === 'replaced' || becomes === 'copied';
}
