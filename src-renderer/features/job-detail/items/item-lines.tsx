import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatNanoseconds } from '../../../components/format/duration.ts';
import { StatusIcon } from '../../../components/status-icon/status-icon.tsx';
import styles from './item-lines.module.css';
import type { ItemList, ItemListSnapshot } from './item-list.ts';
import { ITEM_STATUS_WORDS, type ItemRow, lookOfItem } from './item-row.ts';

const LINE_HEIGHT = 40;
const PAGE_STEP = 8;
/** So many rows before the end of what is read, more is read. */
const READ_AHEAD = 30;

/** The items as a virtual list: arrow keys move, Enter opens. */
export function ItemLines(props: {
  list: ItemList;
  snapshot: ItemListSnapshot;
  seen: { current: { first: number; last: number } };
  /** The place of the item that was open, to come back to. */
  initial: number;
  onOpen: (row: ItemRow, place: number) => void;
}) {
  const { list, snapshot, seen, onOpen } = props;
  const { rows, isWhole } = snapshot;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(props.initial);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    initialOffset: Math.max(0, (props.initial - 2) * LINE_HEIGHT),
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    seen.current = { first, last };
    if (!isWhole && rows.length > 0 && last >= rows.length - READ_AHEAD) void list.loadMore();
  }, [first, last, isWhole, rows.length, list, seen]);

  const press = (event: KeyboardEvent) => {
    const target = targetOf(event.key, active, rows.length);
    if (target !== null) {
      setActive(target);
      virtualizer.scrollToIndex(target);
    } else if (event.key === 'Enter') {
      const row = rows[active];
      if (row !== undefined) onOpen(row, active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label="Items"
      aria-activedescendant={rows[active] === undefined ? undefined : lineId(active)}
      tabIndex={0}
      className={styles.scroller}
      onKeyDown={press}
    >
      <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index: place, start }) => {
          const row = rows[place];
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
            <div
              key={row.index}
              role="option"
              id={lineId(place)}
              aria-selected={place === active}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(place);
                onOpen(row, place);
              }}
            >
              <StatusIcon look={lookOfItem(row.status)} />
              <span className={styles.number}>{row.index}</span>
              <span className={styles.words}>
                <span className={styles.title}>{row.title}</span>
                <span className={row.status === 'failed' ? styles.error : styles.note}>
                  <span className="visually-hidden">{ITEM_STATUS_WORDS[row.status]}. </span>
                  {row.note}
                </span>
              </span>
              <span className={styles.duration}>
                {row.durationNs === null ? '' : formatNanoseconds(row.durationNs)}
                {row.attempts > 1 ? <span className={styles.attempts}>{row.attempts} attempts</span> : null}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const lineId = (place: number) => `item-${place}`;

function targetOf(key: string, place: number, length: number): number | null {
  if (length === 0) return null;
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE_STEP, PageUp: -PAGE_STEP }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return step === undefined ? null : Math.min(length - 1, Math.max(0, place + step));
}
