/** What the renderer's tests share: a fresh history, and what is really in it. */
import 'fake-indexeddb/auto';
import { noCounts } from '../../../src-renderer/db/counters.ts';
import { type JobdeckDatabase, openDatabase } from '../../../src-renderer/db/database.ts';
import { allJobs, type JobView } from '../../../src-renderer/db/queries.ts';

export function freshDatabase(): JobdeckDatabase {
  return openDatabase(`test-${crypto.randomUUID()}`);
}

/** The counters as counting gives them. */
export async function countedReally(db: JobdeckDatabase) {
  const counts = noCounts();
  for (const row of await db.jobs.toArray()) counts[row.bucket] += 1;
  return counts;
}

export async function idsOf(db: JobdeckDatabase, view: Partial<JobView> = {}, pageSize?: number) {
  const ids: string[] = [];
  for await (const rows of allJobs(db, { filter: 'all', search: '', ...view }, pageSize)) {
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}
