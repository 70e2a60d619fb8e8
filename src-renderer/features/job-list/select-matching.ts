/** Selecting all that a view has, beyond what is loaded of it. */
import type { JobId } from '#shared/job/job-id.ts';
import type { JobdeckDatabase } from '../../db/database.ts';
import { allJobIds, type JobView } from '../../db/queries.ts';

/** More is a matter for the view as a whole. */
export const MAX_MATCHING = 100_000;

export interface Matching {
  ids: Set<JobId>;
  /** Whether the view has more than that. */
  hasMore: boolean;
}

/**
 * The ids of a view, read a page at a time.
 * @param watch is told of each page; its signal ends the reading
 * @returns null where it was ended
 */
export async function readMatching(
  db: JobdeckDatabase,
  view: JobView,
  watch: { signal: AbortSignal; onFound: (count: number) => void; max?: number },
): Promise<Matching | null> {
  const { max = MAX_MATCHING } = watch;
  const ids = new Set<JobId>();
  for await (const page of allJobIds(db, view)) {
    if (watch.signal.aborted) return null;
    for (const id of page) {
      if (ids.size === max && !ids.has(id)) return { ids, hasMore: true };
      ids.add(id);
    }
    watch.onFound(ids.size);
  }
  return watch.signal.aborted ? null : { ids, hasMore: false };
}
