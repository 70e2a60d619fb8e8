/** The keys that select in a list: arrows, Home, End, page keys, Space, Ctrl/Cmd+A and Escape. Pure. */
import { cursorOf, moveCursor, type Selection, select, selectAll } from './selection.ts';

export interface PressedKey {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** While it is held down. */
  repeat: boolean;
}

export interface ListedIds<Id extends string> {
  /** As they are shown. */
  order: readonly Id[];
  /** Of an id in the order; -1 where it is not listed. */
  placeOf(id: Id): number;
  /** How many rows are seen at once. */
  pageRows: number;
}

export interface AfterKey<Id extends string> {
  selection: Selection<Id>;
  /** The place to bring into sight. */
  reveal: number | null;
}

/** What a key makes of a selection; null where it is none of these keys, or does nothing here. */
export function afterKey<Id extends string>(
  selection: Selection<Id>,
  list: ListedIds<Id>,
  event: PressedKey,
): AfterKey<Id> | null {
  if (event.altKey) return null;
  const { order } = list;
  const cursor = cursorOf(selection);
  const command = event.ctrlKey || event.metaKey;
  const target = targetOf(event.key, cursor === null ? -1 : list.placeOf(cursor), list);
  const id = target === null ? undefined : order[target];
  if (id !== undefined) {
    // With the page keys the system's own: they change tabs.
    if (command && event.key.startsWith('Page')) return null;
    if (event.shiftKey) return { selection: select(selection, order, id, 'range'), reveal: target };
    if (command) return { selection: moveCursor(selection, id), reveal: target };
    return { selection: select(selection, order, id, 'only'), reveal: target };
  }
  if (event.key === ' ' && cursor !== null && !event.repeat) {
    return { selection: select(selection, order, cursor, 'toggle'), reveal: null };
  }
  if (command && event.key.toLowerCase() === 'a') {
    return { selection: selectAll(selection, order), reveal: null };
  }
  if (event.key === 'Escape' && selection.ids.size > 1 && selection.active !== null) {
    return { selection: select(selection, order, selection.active, 'only'), reveal: null };
  }
  return null;
}

function targetOf<Id extends string>(
  key: string,
  place: number,
  { order, pageRows }: ListedIds<Id>,
): number | null {
  if (order.length === 0) return null;
  const last = order.length - 1;
  const page = Math.max(1, pageRows);
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, place + 1);
    case 'ArrowUp':
      return place === -1 ? last : Math.max(0, place - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, place + page);
    case 'PageUp':
      return Math.max(0, place - page);
    default:
      return null;
  }
}
