/** What saved jobs wait for: jobs that may not go from the history before those were run. */
import { Dexie } from 'dexie';
import { jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobdeckDatabase } from './database.ts';
import { entryBounds, fact } from './search-words.ts';

/** Rows read at once: of those that wait for others there are few. */
const PAGE = 250;

/** The ids of all jobs that one which was not submitted yet names in `after`. */
export async function waitedForIds(db: JobdeckDatabase): Promise<Set<string>> {
  const word = fact('has', 'dependencies');
  const [waiting, created] = await db.transaction('r', db.jobs, () =>
    Promise.all([
      db.jobs.where('words').between(entryBounds.first(word), entryBounds.last(word)).primaryKeys(),
      db.jobs
        .where('[bucket+status+createdAtMs+key]')
        .between(['created', Dexie.minKey], ['created', Dexie.maxKey])
        .primaryKeys(),
    ]),
  );
  const saved = new Set(created);
  const keys = waiting.filter((key) => saved.has(key));
  const ids = new Set<string>();
  for (let start = 0; start < keys.length; start += PAGE) {
    const rows = await db.jobs.bulkGet(keys.slice(start, start + PAGE));
    for (const row of rows) {
      for (const id of (row && jobdeckOf(row.job)?.after) ?? []) ids.add(id);
    }
  }
  return ids;
}
