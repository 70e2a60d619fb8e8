/** Reading rows in an order, from any place in it. */
import { Dexie } from 'dexie';
import type { JobdeckDatabase } from './database.ts';
import { BLANK, type JobRow } from './job-row.ts';
import { merged } from './merged.ts';
import {
  type Cursor,
  comparePlaces,
  cursorOf,
  type Direction,
  type IndexRange,
  type JobFilter,
  type Sort,
  type Stage,
  stagesOf,
} from './order.ts';

/** At most `limit` rows after a place, or from the beginning. Fewer only at the end. */
export async function readOrder(
  db: JobdeckDatabase,
  { filter, sort }: { filter: JobFilter; sort: Sort },
  after: Cursor | null,
  limit: number,
): Promise<JobRow[]> {
  const rows: JobRow[] = [];
  const stages = stagesOf(filter, sort);
  for (let index = after?.stage ?? 0; index < stages.length && rows.length < limit; index += 1) {
    const stage = stages[index];
    if (stage === undefined) break;
    const from = index === after?.stage ? after : null;
    rows.push(...(await readStage(db, stage, sort, from, limit - rows.length)));
  }
  return rows;
}

function readStage(
  db: JobdeckDatabase,
  stage: Stage,
  sort: Sort,
  after: Cursor | null,
  limit: number,
): Promise<JobRow[]> {
  const place = (row: JobRow) => cursorOf(sort, row);
  return merged(
    stage.ranges.map(
      (range) => (last: JobRow | null, count: number) =>
        rangeAfter(db, range, stage, last === null ? after : place(last))
          .limit(count)
          .toArray(),
    ),
    (one, other) => comparePlaces(sort, place(one), place(other)),
    limit,
  );
}

/** The rows of one part of an index after a place. */
export function rangeAfter(
  db: JobdeckDatabase,
  { index, list }: IndexRange,
  { direction, skipsBlank }: Pick<Stage, 'skipsBlank'> & { direction: Direction },
  after: Cursor | null,
) {
  const place = after === null ? null : [...list, ...placeIn(list, after)];
  const first = skipsBlank ? [...list, BLANK, Dexie.maxKey] : [...list];
  const last = [...list, Dexie.maxKey];
  if (direction === 'asc') return db.jobs.where(index).between(place ?? first, last, false, false);
  return db.jobs
    .where(index)
    .between(first, place ?? last, false, false)
    .reverse();
}

/** Of the rows without a value, the missing value is a part of the list. */
function placeIn(list: IndexRange['list'], { value, key }: Cursor): (string | number)[] {
  return list.at(-1) === BLANK ? [key] : [value, key];
}
