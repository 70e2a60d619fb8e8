import { useDeferredValue, useMemo, useSyncExternalStore } from 'react';
import type { JobRow } from '../../db/job-row.ts';
import { comparePlaces, cursorOf } from '../../db/order.ts';
import { type Cursor, type Sort, someJobs } from '../../db/queries.ts';
import { parseSearch, withoutOutput } from '../../db/search/parse-search.ts';
import type { RowOrder } from '../../services/row-pages/page-chain.ts';
import { RowPages, type RowPagesSnapshot } from '../../services/row-pages/row-pages.ts';
import { useServices } from '../../services/services.tsx';
import { useView } from '../../store/view-store.ts';
import { OutputPages } from './output-pages.ts';

export type JobPages = RowPages<JobRow, Cursor> | OutputPages;

/** The rows of the view that is chosen, as they come and change. */
export function useJobPages(): { pages: JobPages; snapshot: RowPagesSnapshot<JobRow> } {
  const { api, db } = useServices();
  const filter = useView((view) => view.filter);
  const sort = useView((view) => view.sort);
  const search = useDeferredValue(useView((view) => view.search.trim()));
  const pages = useMemo(() => {
    const { output } = parseSearch(search);
    if (output !== null) {
      return new OutputPages({ api, db }, { filter, search: withoutOutput(search), sort }, output);
    }
    const view = { filter, search, sort };
    return new RowPages((place) => someJobs(db, view, place), orderOf(sort));
  }, [api, db, filter, search, sort]);
  return { pages, snapshot: useSyncExternalStore(pages.subscribe, pages.getSnapshot) };
}

function orderOf(sort: Sort): RowOrder<JobRow, Cursor> {
  return {
    keyOf: (row) => row.id,
    cursorOf: (row) => cursorOf(sort, row),
    compare: (one, other) => comparePlaces(sort, one, other),
    // The metadata is most of a row. A page that comes near is read again.
    slim: (row) => ({ ...row, words: [], job: { ...row.job, metadata: null } }),
  };
}
