import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { unwrap } from '#shared/contract/result.ts';
import type { ItemStatus } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { useServices } from '../../../services/services.tsx';
import { ItemList, type ItemListSnapshot } from './item-list.ts';

const LIVE_MS = 1000;

/**
 * The items of a batch, of one status or of all. While it is live, what is on the screen is read again now and then.
 * @param seen the places of the first and the last row on the screen
 */
export function useItemList(
  jobId: JobId,
  status: ItemStatus | null,
  isLive: boolean,
  seen: { current: { first: number; last: number } },
): { list: ItemList; snapshot: ItemListSnapshot } {
  const { api } = useServices();
  const list = useMemo(
    () => new ItemList(async (after, limit) => unwrap(await api.readItems({ jobId, status, after, limit }))),
    [api, jobId, status],
  );

  useEffect(() => {
    const look = () => void list.refresh(seen.current.first, seen.current.last);
    void list.loadMore();
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, LIVE_MS);
    return () => {
      clearInterval(timer);
      // The last items end together with their batch.
      look();
    };
  }, [list, isLive, seen]);

  return { list, snapshot: useSyncExternalStore(list.subscribe, list.getSnapshot) };
}
