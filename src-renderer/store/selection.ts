/** Selecting rows of a list as every good list does: pure. */
import type { JobId } from '#shared/job/job-id.ts';

export interface Selection<Id extends string = JobId> {
  ids: ReadonlySet<Id>;
  /** Where the keyboard is, and what the detail shows. */
  active: Id | null;
  /** Where a range began. */
  anchor: Id | null;
}

export const EMPTY_SELECTION: Selection<never> = { ids: new Set(), active: null, anchor: null };

export type SelectMode = 'only' | 'toggle' | 'range';

/** Selects `id` as a click or an arrow key with these modifiers would; `order` is the list as it is shown. */
export function select<Id extends string>(
  selection: Selection<Id>,
  order: readonly Id[],
  id: Id,
  mode: SelectMode,
): Selection<Id> {
  if (mode === 'toggle') {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, active: id, anchor: id };
  }
  const anchor = selection.anchor;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (mode === 'range' && from !== -1 && to !== -1) {
    return { ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), active: id, anchor };
  }
  return { ids: new Set([id]), active: id, anchor: id };
}

/** Everything that is listed; the keyboard stays where it is. */
export function selectAll<Id extends string>(selection: Selection<Id>, order: readonly Id[]): Selection<Id> {
  return { ids: new Set(order), active: selection.active ?? order[0] ?? null, anchor: selection.anchor };
}

/** The selection without jobs that went away; the keyboard moves to the next one below, or above at the end. */
export function withoutJobs<Id extends string>(
  selection: Selection<Id>,
  order: readonly Id[],
  gone: ReadonlySet<Id>,
): Selection<Id> {
  const ids = new Set([...selection.ids].filter((id) => !gone.has(id)));
  const { active } = selection;
  if (active === null || !gone.has(active)) return { ...selection, ids };
  const place = order.indexOf(active);
  const after = order.slice(place + 1).find((id) => !gone.has(id));
  const next = after ?? order.slice(0, Math.max(place, 0)).findLast((id) => !gone.has(id)) ?? null;
  if (next !== null && ids.size === 0) ids.add(next);
  return { ids, active: next, anchor: next };
}
