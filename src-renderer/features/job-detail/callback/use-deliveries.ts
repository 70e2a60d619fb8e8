import { useLiveQuery } from 'dexie-react-hooks';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { deliveriesOfJob, mainDelivery } from '../../../db/delivery-queries.ts';
import type { DeliveryRow } from '../../../db/delivery-row.ts';
import { useServices } from '../../../services/services.tsx';

/** The delivery that says how the job's callback stands; null where there is none, undefined until it is read. */
export function useMainDelivery(jobId: JobId | null): DeliveryRow | null | undefined {
  const { db } = useServices();
  return useLiveQuery(async () => (jobId === null ? null : await mainDelivery(db, jobId)), [db, jobId]);
}

/**
 * The newest deliveries of a job as they change, and before them the one that was chosen elsewhere where it is older;
 * undefined until they are read.
 */
export function useDeliveries(
  jobId: JobId,
  limit: number,
  shown: DeliveryId | null,
): { rows: DeliveryRow[]; hasMore: boolean } | undefined {
  const { db } = useServices();
  return useLiveQuery(async () => {
    const { rows, hasMore } = await deliveriesOfJob(db, jobId, limit);
    if (shown === null || !hasMore || rows.some(({ id }) => id === shown)) return { rows, hasMore };
    const chosen = await db.deliveries.get(shown);
    return { rows: chosen?.jobId === jobId ? [chosen, ...rows] : rows, hasMore };
  }, [db, jobId, limit, shown]);
}
