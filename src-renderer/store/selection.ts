/** Selecting rows of a list as every good list does: pure. */
import type { JobId } from '#shared/job/job-id.ts';

export interface Selection<Id extends string = JobId> {
  ids: ReadonlySet<Id>;
  /** What the detail shows: of what is selected one, or, where nothing is, what was selected last. */
  active: Id | null;
  /** Where a range began. */
  anchor: Id | null;
  /** Where the keyboard is, where it went on without selecting. */
  cursor?: Id | null;
}

export const EMPTY_SELECTION: Selection<never> = { ids: new Set(), active: null, anchor: null };

export type SelectMode = 'only' | 'toggle' | 'range';

/** Where the keyboard is. */
export function cursorOf<Id extends string>({ cursor, active }: Selection<Id>): Id | null {
  return cursor ?? active;
}

/** Selects `id` as a click or an arrow key with these modifiers would; `order` is the list as it is shown. */
export function select<Id extends string>(
  selection: Selection<Id>,
  order: readonly Id[],
  id: Id,
  mode: SelectMode,
): Selection<Id> {
  if (mode === 'toggle') return toggled(selection, id);
  const anchor = selection.anchor;
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (mode === 'range' && from !== -1 && to !== -1) {
    return { ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)), active: id, anchor };
  }
  return { ids: new Set([id]), active: id, anchor: id };
}

function toggled<Id extends string>(selection: Selection<Id>, id: Id): Selection<Id> {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) {
    ids.add(id);
    return { ids, active: id, anchor: id };
  }
  return { ids, active: shownOf(ids, selection.active), anchor: id, cursor: id };
}

/** Moves the keyboard and leaves what is selected as it is. */
export function moveCursor<Id extends string>(selection: Selection<Id>, cursor: Id): Selection<Id> {
  return { ...selection, cursor };
}

/** Everything that is listed; the keyboard stays where it is. */
export function selectAll<Id extends string>(selection: Selection<Id>, order: readonly Id[]): Selection<Id> {
  return { ...selection, ids: new Set(order), active: selection.active ?? order[0] ?? null };
}

/** Where the list becomes another one: what the detail shows stays, and nothing else that may not be in it. */
export function onlyActive<Id extends string>({ active }: Selection<Id>): Selection<Id> {
  return active === null ? EMPTY_SELECTION : { ids: new Set([active]), active, anchor: active };
}

/** The selection without jobs that went away; the keyboard moves to the next one below, or above at the end. */
export function withoutJobs<Id extends string>(
  selection: Selection<Id>,
  order: readonly Id[],
  gone: ReadonlySet<Id>,
): Selection<Id> {
  const ids = without(selection.ids, gone);
  const { active } = selection;
  if (active === null || !gone.has(active)) return { ...selection, ids, ...keptCursor(selection, gone) };
  const place = order.indexOf(active);
  const after = order.slice(place + 1).find((id) => !gone.has(id));
  const next = after ?? order.slice(0, Math.max(place, 0)).findLast((id) => !gone.has(id)) ?? null;
  if (next !== null && ids.size === 0) ids.add(next);
  return { ids, active: next, anchor: next };
}

/** The selection without what left the list by itself, as a job that ended: the detail stays at what it shows. */
export function withoutLeft<Id extends string>(
  selection: Selection<Id>,
  left: ReadonlySet<Id>,
): Selection<Id> {
  const ids = without(selection.ids, left);
  if (ids.size === selection.ids.size) return selection;
  const active = ids.size === 0 ? selection.active : shownOf(ids, selection.active);
  return { ...selection, ids, active, ...keptCursor(selection, left) };
}

/** What is shown has to be selected, for keys to act on what one sees. */
function shownOf<Id extends string>(ids: ReadonlySet<Id>, active: Id | null): Id | null {
  return active !== null && ids.has(active) ? active : ([...ids].at(-1) ?? null);
}

function without<Id extends string>(ids: ReadonlySet<Id>, gone: ReadonlySet<Id>): Set<Id> {
  return new Set([...ids].filter((id) => !gone.has(id)));
}

function keptCursor<Id extends string>({ cursor }: Selection<Id>, gone: ReadonlySet<Id>) {
  return cursor != null && gone.has(cursor) ? { cursor: null } : {};
}
