/** What the renderer's tests share: a fresh history, and what is really in it. */
import 'fake-indexeddb/auto';
import { noCounts } from '../../../src-renderer/db/counters.ts';
import { type JobdeckDatabase, openDatabase } from '../../../src-renderer/db/database.ts';
import { countFacets, type FacetDelta } from '../../../src-renderer/db/facets.ts';
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

/** The counters of facets as counting gives them, and as they are kept. */
export async function facetsCounted(db: JobdeckDatabase): Promise<Record<string, number>> {
  const delta: FacetDelta = new Map();
  for (const row of await db.jobs.toArray()) countFacets(delta, row, 1);
  return countsOf([...delta.values()]);
}

export async function facetsKept(db: JobdeckDatabase): Promise<Record<string, number>> {
  return countsOf(await db.facets.toArray());
}

function countsOf(facets: readonly { name: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(facets.map(({ name, count }) => [name, count]));
}

export async function idsOf(db: JobdeckDatabase, view: Partial<JobView> = {}, pageSize?: number) {
  const ids: string[] = [];
  for await (const rows of allJobs(db, { filter: 'all', search: '', ...view }, pageSize)) {
    ids.push(...rows.map((row) => row.id));
  }
  return ids;
}
