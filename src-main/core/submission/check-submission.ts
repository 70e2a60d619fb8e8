/** Which of the jobs that were submitted are taken over, and as which records. Pure. */
import { type AppErrorValue, toErrorValue } from '#shared/contract/result.ts';
import type { QueueMode } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { EndedDependency, JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import type { TerminalStatus } from '#shared/job/lifecycle.ts';
import type { Cron } from '../ports.ts';
import { firstRun } from '../waiting/schedule.ts';
import { dependencyOrder } from './dependency-order.ts';
import {
  checkQueue,
  checkStatus,
  circular,
  duplicate,
  refusedToo,
  tooMany,
  unknownDependency,
} from './refusals.ts';

/** The end of each is written into the record of the one that waits: more of them and those writes add up. */
export const MAX_AFTER = 1000;

export interface SubmissionFacts {
  now: string;
  cron: Cron;
  /** Null where nothing is known of a job. */
  statusOf(id: string): 'active' | TerminalStatus | null;
  queueMode(name: string): QueueMode;
  /** The active job that has this `dedup_key`. */
  holderOf(key: string): JobId | undefined;
}

export interface CheckedSubmission {
  /** Each after those that it waits for or joins. */
  taken: BatchJob[];
  /** Those of them that have to do with each other: they are taken over together or not at all. */
  related: ReadonlySet<JobId>;
  refused: { id: JobId; error: AppErrorValue }[];
}

/** @param jobs by id; none of them is known to the runner */
export function checkSubmission(
  jobs: ReadonlyMap<JobId, BatchJob>,
  facts: SubmissionFacts,
): CheckedSubmission {
  const { order, rings } = dependencyOrder(jobs);
  const taken = new Map<string, BatchJob>();
  const holders = new Map<string, JobId>();
  const related = new Set<JobId>();
  const refused: CheckedSubmission['refused'] = [];

  function relate(one: JobId, other: string): void {
    if (taken.has(other)) related.add(one).add(other as JobId);
  }

  /** Gives those of `after` that have ended; throws where the job can't wait for one. */
  function endedOf(job: BatchJob): EndedDependency[] {
    const { after = [] } = jobdeckOf(job) ?? {};
    if (after.length > MAX_AFTER) throw tooMany(after.length, MAX_AFTER);
    const ring = rings.get(job.id);
    if (ring !== undefined) throw circular(ring);
    return [...new Set(after)].flatMap((id) => {
      if (taken.has(id)) return [];
      if (jobs.has(id as JobId)) throw refusedToo(id);
      const status = facts.statusOf(id);
      if (status === null) throw unknownDependency(id);
      return status === 'active' ? [] : [{ id: id as JobId, status }];
    });
  }

  /** Gives the job to join; throws where there is one and it is not to be joined. */
  function leaderOf({ dedup_key: key, on_duplicate, schedule }: JobdeckMetadata): JobId | undefined {
    const holder = key == null ? undefined : (holders.get(key) ?? facts.holderOf(key));
    if (key == null || holder === undefined) return undefined;
    if (on_duplicate === 'join' && schedule == null) return holder;
    throw duplicate(key, holder, on_duplicate === 'join');
  }

  function take(job: BatchJob): void {
    checkStatus(job);
    checkQueue(job, facts.queueMode);
    const dependencies = endedOf(job);
    const jobdeck = jobdeckOf(job);
    if (jobdeck === undefined) {
      taken.set(job.id, job);
      return;
    }
    const { schedule, not_before: planned, dedup_key: key } = jobdeck;
    const notBefore = schedule == null ? planned : firstRun(schedule, planned, facts.now, facts.cron);
    const leader = leaderOf(jobdeck);
    for (const id of [...(jobdeck.after ?? []), leader ?? '']) relate(job.id, id);
    if (key != null && leader === undefined) holders.set(key, job.id);
    // What it found elsewhere of waiting is not so here.
    const { next_attempt_at: _, dependencies: __, joined: ___, missed_runs: ____, ...kept } = jobdeck;
    const prepared: JobdeckMetadata = {
      ...kept,
      ...(notBefore !== undefined && { not_before: notBefore }),
      ...(dependencies.length > 0 && { dependencies }),
      ...(leader !== undefined && { joined: leader }),
    };
    taken.set(job.id, { ...job, metadata: { ...job.metadata, jobdeck: prepared } });
  }

  for (const job of order) {
    try {
      take(job);
    } catch (error) {
      refused.push({ id: job.id, error: toErrorValue(error) });
    }
  }
  return { taken: [...taken.values()], related, refused };
}
