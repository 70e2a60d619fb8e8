/**
 * How many listed jobs have each tag, queue, kind, type, status and model profile, kept in the transaction of each
 * change: the search completes from them.
 */
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckDatabase } from './database.ts';
import type { JobRowDraft } from './job-row.ts';
import { fold } from './words.ts';

export const FACET_GROUPS = ['tag', 'queue', 'kind', 'type', 'status', 'agent'] as const;
export type FacetGroup = (typeof FACET_GROUPS)[number];

export interface FacetRow {
  /** `tag:to do`: the group and the folded value. */
  name: string;
  group: FacetGroup;
  /** As it was first written. */
  value: string;
  count: number;
}

/** Of the tags of one job these many are counted. */
const MAX_TAGS = 24;
const MAX_VALUE_LENGTH = 120;

export type FacetDelta = Map<string, FacetRow>;

/** Adds a row to the delta, or takes it away with `by` -1. What is in the trash counts for nothing. */
export function countFacets(delta: FacetDelta, row: JobRowDraft, by: 1 | -1): void {
  if (row.listed === 0) return;
  for (const [name, { group, value }] of facetsOf(row)) {
    const known = delta.get(name);
    if (known === undefined) delta.set(name, { name, group, value, count: by });
    else known.count += by;
  }
}

/** Adds the delta to the counters; called inside the transaction that changes the rows. */
export async function addFacets(db: JobdeckDatabase, delta: FacetDelta): Promise<void> {
  const changed = [...delta.values()].filter(({ count }) => count !== 0);
  if (changed.length === 0) return;
  const before = await db.facets.bulkGet(changed.map(({ name }) => name));
  const after = changed.map((facet, index) => {
    const known = before[index];
    return known === undefined ? facet : { ...known, count: known.count + facet.count };
  });
  await db.facets.bulkPut(after.filter(({ count }) => count > 0));
  await db.facets.bulkDelete(after.filter(({ count }) => count <= 0).map(({ name }) => name));
}

/** The values of a group that begin so, the most used first. */
export async function facetValues(
  db: JobdeckDatabase,
  group: FacetGroup,
  prefix: string,
  limit: number,
): Promise<FacetRow[]> {
  if (prefix === '') {
    return db.facets
      .where('[group+count]')
      .between([group, 0], [group, Infinity])
      .reverse()
      .limit(limit)
      .toArray();
  }
  const found = await db.facets
    .where('name')
    .startsWith(`${group}:${fold(prefix)}`)
    .limit(limit * 10)
    .toArray();
  return found.sort((one, other) => other.count - one.count).slice(0, limit);
}

function facetsOf(row: JobRowDraft): Map<string, { group: FacetGroup; value: string }> {
  const facets = new Map<string, { group: FacetGroup; value: string }>();
  const add = (group: FacetGroup, value: string) => {
    const short = value.slice(0, MAX_VALUE_LENGTH);
    const name = `${group}:${fold(short)}`;
    if (!facets.has(name)) facets.set(name, { group, value: short });
  };
  for (const tag of row.tags.slice(0, MAX_TAGS)) add('tag', tag);
  add('queue', jobdeckOf(row.job)?.queue ?? 'default');
  if (row.kind !== null) add('kind', row.kind);
  add('type', row.jobType);
  add('status', row.status);
  if (row.job.agent_id !== null) add('agent', row.job.agent_id);
  return facets;
}
