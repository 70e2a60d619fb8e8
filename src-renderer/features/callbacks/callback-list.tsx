import { type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { useSteadyRows } from '../../components/tall-list/use-steady-rows.ts';
import { useTallList } from '../../components/tall-list/use-tall-list.ts';
import { useKeptFocus } from '../../components/use-kept-focus.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import { useCallbackView } from '../../store/callback-store.ts';
import { cursorOf, select } from '../../store/selection.ts';
import { useView } from '../../store/view-store.ts';
import { countOf } from '../../words/count-words.ts';
import { historyProblem } from '../../words/read-problem-words.ts';
import { CallbackBulkBar } from './callback-bulk-bar.tsx';
import { CallbackHeader, CallbackLine, lineId } from './callback-line.tsx';
import styles from './callback-list.module.css';
import { NoCallbacks } from './no-callbacks.tsx';
import { showDelivery } from './show-delivery.ts';
import { useCallbackKeys } from './use-callback-keys.ts';
import { useCallbackPages } from './use-callback-pages.ts';

const LINE_HEIGHT = 46;
/** Below the last row. */
const END_PX = 8;
const NONE_OPEN: ReadonlyMap<number, number> = new Map();

/** The list of callbacks, newest change first: virtual, paged, and steady while they change. */
export function CallbackList({ hasAny }: { hasAny: boolean }) {
  const { pages, snapshot } = useCallbackPages();
  const { rows } = snapshot;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useCallbackView((view) => view.selection);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  useKeptFocus(pane, grid);
  const list = useTallList(scroller, { count: rows.length, lineHeight: LINE_HEIGHT, extras: NONE_OPEN });
  const { first, last, reveal } = list;
  useEffect(() => pages.setSight(first, Math.max(first, last)), [pages, first, last]);
  useSteadyRows(list, order, LINE_HEIGHT);

  const places = useMemo(() => new Map(order.map((id, index) => [id, index])), [order]);
  const placeOf = useCallback((id: DeliveryId) => places.get(id) ?? -1, [places]);
  const onKeyDown = useCallbackKeys({ rows, order, placeOf, pageRows: last - first, reveal });
  const onPress = useCallback(
    (event: MouseEvent, row: DeliveryRow) => {
      const { selection: current, setSelection } = useCallbackView.getState();
      const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
      const next = select(current, order, row.id, mode);
      setSelection(next);
      const shown = next.active === null ? undefined : rows[placeOf(next.active)];
      if (shown !== undefined) showDelivery(shown);
      if (mode === 'only') useView.getState().setDetailOpen(true);
    },
    [rows, order, placeOf],
  );
  const cursor = cursorOf(selection);
  const cursorPlace = cursor === null ? -1 : placeOf(cursor);
  const isCursorDrawn = list.lines.some(({ index }) => index === cursorPlace);
  const selectedRows = useMemo(() => rows.filter((row) => selection.ids.has(row.id)), [rows, selection.ids]);
  const isMany = selectedRows.length > 1;
  const isAllLoaded = !snapshot.isWhole && selectedRows.length === rows.length;
  const words = `${countOf(selectedRows.length, isAllLoaded ? 'loaded callback' : 'callback')} selected`;

  return (
    <div ref={pane} className={styles.pane}>
      {snapshot.error !== null ? (
        <div className={styles.problem}>
          <Banner tone="bad">{historyProblem(snapshot.error)}</Banner>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list can not be a table */}
      <div
        role="grid"
        aria-label="Callbacks"
        aria-multiselectable="true"
        aria-rowcount={snapshot.isWhole ? rows.length + 1 : -1}
        aria-activedescendant={cursor !== null && isCursorDrawn ? lineId({ id: cursor }) : undefined}
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
          <div className={styles.rows} style={{ height: list.height + END_PX }}>
            {list.lines.map(({ index, top }) => {
              const row = rows[index];
              return row === undefined ? null : (
                <CallbackLine
                  key={row.id}
                  row={row}
                  index={index}
                  top={top}
                  isSelected={selection.ids.has(row.id)}
                  isActive={row.id === cursor}
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
      {/* Always there: what comes with its words is not announced by all readers. */}
      <div role="status" aria-label="Selection" className="visually-hidden">
        {isMany ? words : ''}
      </div>
      {isMany ? <CallbackBulkBar rows={selectedRows} words={words} /> : null}
    </div>
  );
}
