import { type MouseEvent, useCallback, useMemo } from 'react';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { RowGrid } from '../../components/row-grid/row-grid.tsx';
import { useRowGrid } from '../../components/row-grid/use-row-grid.ts';
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

/** The list of callbacks, newest change first: virtual, paged, and steady while they change. */
export function CallbackList({ hasAny }: { hasAny: boolean }) {
  const { pages, snapshot } = useCallbackPages();
  const { rows } = snapshot;
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useCallbackView((view) => view.selection);
  const state = useRowGrid(pages, order, LINE_HEIGHT);
  const { first, last, reveal } = state.list;

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
  const selectedRows = useMemo(() => rows.filter((row) => selection.ids.has(row.id)), [rows, selection.ids]);
  const isMany = selectedRows.length > 1;
  const isAllLoaded = !snapshot.isWhole && selectedRows.length === rows.length;
  const words = `${countOf(selectedRows.length, isAllLoaded ? 'loaded callback' : 'callback')} selected`;

  return (
    <div ref={state.pane} className={styles.pane}>
      {snapshot.error !== null ? (
        <div className={styles.problem}>
          <Banner tone="bad">{historyProblem(snapshot.error)}</Banner>
        </div>
      ) : null}
      <RowGrid
        state={state}
        label="Callbacks"
        rows={rows}
        isWhole={snapshot.isWhole}
        header={rows.length > 0 ? <CallbackHeader /> : null}
        cursorPlace={cursor === null ? -1 : placeOf(cursor)}
        lineId={lineId}
        isMany={isMany}
        onKeyDown={onKeyDown}
        line={(row, index, top) => (
          <CallbackLine
            key={row.id}
            row={row}
            index={index}
            top={top}
            isSelected={selection.ids.has(row.id)}
            isActive={row.id === cursor}
            onPress={onPress}
          />
        )}
      />
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
