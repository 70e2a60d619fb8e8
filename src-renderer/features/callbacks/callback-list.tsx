import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { Banner } from '../../components/banner/banner.tsx';
import { useSteadyScroll } from '../../components/use-steady-scroll.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { CallbackBulkBar } from './callback-bulk-bar.tsx';
import { CallbackHeader, CallbackLine, lineId } from './callback-line.tsx';
import styles from './callback-list.module.css';
import { NoCallbacks } from './no-callbacks.tsx';
import { showDelivery } from './show-delivery.ts';
import { useCallbackKeys } from './use-callback-keys.ts';
import { useCallbackPages } from './use-callback-pages.ts';

const LINE_HEIGHT = 46;

/** The list of callbacks, newest change first: virtual, paged, and steady while they change. */
export function CallbackList({ hasAny }: { hasAny: boolean }) {
  const { pages, snapshot } = useCallbackPages();
  const { rows } = snapshot;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useCallbackView((view) => view.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => pages.setSight(first, last), [pages, first, last]);
  useSteadyScroll(scroller, order, LINE_HEIGHT);

  const reveal = useCallback((index: number) => virtualizer.scrollToIndex(index), [virtualizer]);
  const onKeyDown = useCallbackKeys({ rows, order, reveal });
  const onPress = useCallback(
    (event: MouseEvent, row: DeliveryRow) => {
      const { selection: current, setSelection } = useCallbackView.getState();
      const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
      setSelection(select(current, order, row.id, mode));
      showDelivery(row);
      if (mode === 'only') useView.getState().setDetailOpen(true);
    },
    [order],
  );
  const active = rows.find((row) => row.id === selection.active);
  const selectedRows = useMemo(() => rows.filter((row) => selection.ids.has(row.id)), [rows, selection.ids]);

  return (
    <div className={styles.pane}>
      {snapshot.error !== null ? (
        <div className={styles.problem}>
          <Banner tone="bad">
            The history could not be read. Reload the window; if this stays, restart Jobdeck.
          </Banner>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      <div
        role="grid"
        aria-label="Callbacks"
        aria-multiselectable="true"
        aria-rowcount={snapshot.isWhole ? rows.length + 1 : -1}
        aria-activedescendant={active ? lineId(active) : undefined}
        tabIndex={0}
        ref={grid}
        className={styles.grid}
        onKeyDown={onKeyDown}
      >
        {rows.length > 0 ? <CallbackHeader /> : null}
        {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
        <div
          ref={scroller}
          role="rowgroup"
          className={styles.scroller}
          tabIndex={-1}
          onFocus={() => grid.current?.focus({ preventScroll: true })}
        >
          <div className={styles.rows} style={{ height: virtualizer.getTotalSize() + 8 }}>
            {items.map((item) => {
              const row = rows[item.index];
              return row === undefined ? null : (
                <CallbackLine
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={item.start}
                  isSelected={selection.ids.has(row.id)}
                  isActive={row.id === selection.active}
                  onPress={onPress}
                />
              );
            })}
          </div>
        </div>
      </div>
      {snapshot.isRead && rows.length === 0 ? (
        <NoCallbacks hasAny={hasAny} isReading={!snapshot.isWhole} />
      ) : null}
      {selectedRows.length > 1 ? <CallbackBulkBar rows={selectedRows} /> : null}
    </div>
  );
}
