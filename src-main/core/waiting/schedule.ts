/** Runs of a schedule: when the first one is, what became of those that were missed, and which job comes next. */
import { AppError } from '#shared/app-error.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { newJobId } from '#shared/job/job-id.ts';
import type { JobdeckMetadata, Schedule } from '#shared/job/jobdeck-metadata.ts';
import { completeDocument, requestOf } from '#shared/job/new-job.ts';
import type { PendingUpdate } from '#shared/job/transition.ts';
import type { Cron, Random } from '../ports.ts';
import { isoTime, scheduleAhead, timeOf } from '../times.ts';

/** A run that could not be started for longer than this after its time, because Jobdeck did not run, was missed. */
export const MISSED_AFTER_MS = 60_000;

/** Runs that were left out are counted up to here: a schedule of every second misses millions in a month. */
export const MAX_COUNTED_RUNS = 1000;

/**
 * When the first run of a schedule begins: as it is planned, or else at the first time.
 * @throws AppError `bad-request` where the schedule is none, or has no time left
 */
export function firstRun(
  schedule: Schedule,
  planned: string | null | undefined,
  now: string,
  cron: Cron,
): string {
  const { until } = schedule;
  if (until != null && timeOf(until) === null) {
    throw new AppError(
      'bad-request',
      `Expected metadata.jobdeck.schedule.until to be a time such as 2026-12-01T06:00:00Z, got ${JSON.stringify(until)}.`,
    );
  }
  const first = cron.next(schedule, now);
  if (planned != null) return planned;
  if (first !== null) return first;
  const before = until == null ? '' : ` before ${until}`;
  throw new AppError(
    'bad-request',
    `The schedule ${JSON.stringify(schedule.cron)} has no time left${before}.`,
  );
}

/**
 * What is set on a waiting job whose run was missed and is left out: the next time, and with it its deadline. Null
 * where the schedule has no time left.
 * @throws AppError `bad-request` where the schedule is none
 */
export function skipMissed(job: BatchJob, schedule: Schedule, now: string, cron: Cron): PendingUpdate | null {
  const next = nextRun(job, schedule, now, cron);
  if (next === null) return null;
  const { missed_runs: earlier = 0 } = jobdeckOf(job) ?? {};
  return { ...next.timing, missed_runs: earlier + 1 + next.leftOut };
}

/**
 * The job that comes after `job` in its schedule: the same request at the next time. Null where the schedule ends.
 * What the first one waited for (`after`) has ended, so its successors do not wait for it.
 * @throws AppError `bad-request` where the schedule is none
 */
export function successorOf(
  job: BatchJob,
  ports: { now: string; cron: Cron; random: Random; by: string },
): BatchJob | null {
  const { now, cron, random, by } = ports;
  const jobdeck = jobdeckOf(job);
  const schedule = scheduleAhead(job);
  if (jobdeck === undefined || schedule === null || (schedule.remaining ?? 2) <= 1) return null;
  const next = nextRun(job, schedule, now, cron);
  if (next === null) return null;
  const { after: _, after_condition: __, ...request } = requestOf(jobdeck);
  const successor: JobdeckMetadata = {
    ...request,
    ...next.timing,
    rerun_of: null,
    schedule: {
      ...schedule,
      origin: schedule.origin ?? job.id,
      ...(schedule.remaining !== undefined && { remaining: schedule.remaining - 1 }),
    },
    ...(next.leftOut > 0 && { missed_runs: next.leftOut }),
  };
  return completeDocument(
    {
      id: newJobId(job.job_type, random.uuid),
      created_by_id: by,
      metadata: { ...job.metadata, jobdeck: successor },
      job_type: job.job_type,
      agent_id: job.agent_id,
      callback_url: job.callback_url,
    },
    { now, uuid: random.uuid, by },
  );
}

interface NextRun {
  /** The deadline moves along, so that a run keeps the time it has to begin. */
  timing: { not_before: string; deadline?: string };
  /** How many times lie between the job's own and now. */
  leftOut: number;
}

function nextRun(job: BatchJob, schedule: Schedule, now: string, cron: Cron): NextRun | null {
  const { not_before: planned, deadline } = jobdeckOf(job) ?? {};
  const own = timeOf(planned) === null ? now : (planned ?? now);
  const next = cron.next(schedule, laterOf(own, now));
  if (next === null) return null;
  const deadlineMs = timeOf(deadline);
  const movedMs = Date.parse(next) - Date.parse(own);
  const timing = deadlineMs === null ? {} : { deadline: isoTime(deadlineMs + movedMs) };
  return { timing: { not_before: next, ...timing }, leftOut: countRuns(schedule, own, now, cron) };
}

function countRuns(schedule: Schedule, after: string, until: string, cron: Cron): number {
  const untilMs = Date.parse(until);
  let count = 0;
  let time = cron.next(schedule, after);
  while (time !== null && Date.parse(time) <= untilMs && count < MAX_COUNTED_RUNS) {
    count += 1;
    time = cron.next(schedule, time);
  }
  return count;
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}
