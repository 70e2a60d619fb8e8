import type { JobRow } from '../../db/job-row.ts';
import { jsonEqual } from '../../db/json-equal.ts';

/** True where what is approved would not be what was shown: a record was changed or deleted meanwhile. */
export function changedSince(shown: readonly JobRow[], now: readonly JobRow[]): boolean {
  const current = new Map(now.map((row) => [row.id, row]));
  return shown.some((row) => {
    const kept = current.get(row.id);
    return kept === undefined || kept.bucket === 'trash' || !jsonEqual(kept.job, row.job);
  });
}
