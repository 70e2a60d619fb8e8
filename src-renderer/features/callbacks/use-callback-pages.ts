import { useDeferredValue, useMemo, useSyncExternalStore } from 'react';
import {
  cursorOfDelivery,
  type DeliveryCursor,
  deliveriesPage,
  newestFirst,
} from '../../db/delivery-queries.ts';
import type { DeliveryRow } from '../../db/delivery-row.ts';
import type { RowOrder } from '../../services/row-pages/page-chain.ts';
import { RowPages, type RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';
import { useServices } from '../../services/services.tsx';
import { type Period, useCallbackView } from '../../store/callback-store.ts';

const ORDER: RowOrder<DeliveryRow, DeliveryCursor> = {
  keyOf: (row) => row.id,
  cursorOf: cursorOfDelivery,
  compare: newestFirst,
};

const HOUR = 3_600_000;
const PERIOD_MS: Record<Period, number | null> = {
  any: null,
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
};

export type CallbackPages = RowPages<DeliveryRow, DeliveryCursor>;

/** The callbacks that the filters let through, as they come and change. */
export function useCallbackPages(): { pages: CallbackPages; snapshot: RowPagesSnapshot<DeliveryRow> } {
  const { db } = useServices();
  const { state, host, period } = useCallbackView((view) => view.filters);
  const text = useDeferredValue(useCallbackView((view) => view.filters.text.trim()));
  const pages = useMemo(() => {
    const periodMs = PERIOD_MS[period];
    const view = { state, host, text, sinceMs: periodMs === null ? null : Date.now() - periodMs };
    return new RowPages((place) => deliveriesPage(db, view, place), ORDER);
  }, [db, state, host, period, text]);
  return { pages, snapshot: useSyncExternalStore(pages.subscribe, pages.getSnapshot) };
}
