import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { NO_LIMITS, NO_RETENTION, type RetentionRules } from '#shared/contract/retention.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { saveJobs } from '../../../../src-renderer/db/commands.ts';
import type { JobdeckDatabase } from '../../../../src-renderer/db/database.ts';
import { type RetentionPage, retentionPages } from '../../../../src-renderer/db/retention-pages.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';
import { freshDatabase } from '../support.ts';

const NOW = Date.parse('2026-12-31T00:00:00Z');
const NOTHING_STAYS: RetentionRules = {
  ...NO_RETENTION.rules,
  completed: { jobs: { ...NO_LIMITS, days: 4 }, output: NO_LIMITS },
};

async function historyOf(jobs: readonly BatchJob[]): Promise<JobdeckDatabase> {
  const db = freshDatabase();
  await saveJobs(
    db,
    jobs.map((job) => ({ job, facts: { origin: 'author' } })),
  );
  return db;
}

async function pagesOf(db: JobdeckDatabase): Promise<RetentionPage[]> {
  const pages: RetentionPage[] = [];
  const noOutput = async (ids: readonly string[]) => ids.map(() => 0);
  for await (const page of retentionPages(db, noOutput, NOTHING_STAYS, NOW)) pages.push(page);
  return pages;
}

describe('the pages of what would go', () => {
  it('leave out what saved jobs wait for, and have what only ended jobs waited for', async () => {
    const ended = [1, 2, 3].map((index) => sampleJobIn('completed', index));
    const [waitedFor, wasWaitedFor, alone] = ended.map(({ id }) => id);
    const saved = sampleJob(4, { after: [waitedFor ?? ''] });
    const over = sampleJobIn('completed', 5, { after: [wasWaitedFor ?? ''] });
    const db = await historyOf([...ended, saved, over]);
    const doomed = (await pagesOf(db)).flatMap((page) => page.doomed.map(({ row }) => row.id));
    expect(doomed.sort()).toEqual([alone, over.id, wasWaitedFor].sort());
  });

  it('read few rows at once where they are large, and each of them once', async () => {
    const large = Array.from({ length: 90 }, (_, index) => ({
      ...sampleJobIn('completed', index),
      metadata: { text: 'x'.repeat(200_000) },
    }));
    const looked = (await pagesOf(await historyOf(large))).map((page) => page.looked);
    expect(looked.reduce((sum, count) => sum + count, 0)).toBe(90);
    expect(looked[0]).toBe(32);
    expect(Math.max(...looked.slice(1))).toBeLessThanOrEqual(10);
  });
});
