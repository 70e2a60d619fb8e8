import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { trash } from '../../../../src-renderer/db/commands.ts';
import { inView } from '../../../../src-renderer/db/in-view.ts';
import { JOB_FILTERS } from '../../../../src-renderer/db/queries.ts';
import { importJobs } from '../../../fakes/import-jobs.ts';
import { sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase, idsOf } from '../support.ts';

const STATUSES = ['created', 'completed', 'failed', 'expired', 'cancelled'] as const;

describe('whether a row is in a view', () => {
  it('is what reading the view gives, in each list and with a search', async () => {
    const db = freshDatabase();
    const jobs = Array.from({ length: 40 }, (_, index) =>
      sampleJobIn(STATUSES[index % 5] ?? 'failed', index),
    );
    await importJobs(db, jobs);
    await trash(
      db,
      [jobs[0], jobs[7]].map((job) => job?.id ?? jobs[1]?.id).filter((id) => id !== undefined),
    );
    const rows = await db.jobs.toArray();
    for (const filter of JOB_FILTERS) {
      for (const search of ['', 'status:failed', '-status:cancelled', 'stats:failed']) {
        const test = inView({ filter, search });
        const found = rows.filter(test).map((row) => row.id);
        expect(new Set(found), `${filter} ${search}`).toEqual(new Set(await idsOf(db, { filter, search })));
      }
    }
  });

  it('does not ask for what only the output has', async () => {
    const db = freshDatabase();
    await importJobs(db, [sampleJobIn('failed', 1)]);
    const [row] = await db.jobs.toArray();
    expect(row && inView({ filter: 'all', search: 'status:failed output:x' })(row)).toBe(true);
    expect(row && inView({ filter: 'all', search: 'status:completed output:x' })(row)).toBe(false);
  });
});
