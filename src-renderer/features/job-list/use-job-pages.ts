import { useDeferredValue, useMemo, useSyncExternalStore } from 'react';
import { useServices } from '../../services/services.tsx';
import { useView } from '../../store/view-store.ts';
import { JobPages, type JobPagesSnapshot } from './job-pages.ts';

/** The rows of the view that is chosen, as they come and change. */
export function useJobPages(): { pages: JobPages; snapshot: JobPagesSnapshot } {
  const { db } = useServices();
  const filter = useView((view) => view.filter);
  const search = useDeferredValue(useView((view) => view.search.trim()));
  const pages = useMemo(() => new JobPages(db, { filter, search }), [db, filter, search]);
  return { pages, snapshot: useSyncExternalStore(pages.subscribe, pages.getSnapshot) };
}
