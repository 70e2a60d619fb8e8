/** Times as a record holds them (RFC 3339), and as they are compared (milliseconds since 1970). Pure. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { Schedule } from '#shared/job/jobdeck-metadata.ts';

/** Null for a time that is absent, or that is none. */
export function timeOf(text: string | null | undefined): number | null {
  const ms = text == null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** RFC 3339 has years of four digits. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** RFC 3339, UTC. What lies beyond the year 9999 is its end: a record with a later time could not be read back. */
export function isoTime(ms: number): string {
  return new Date(Math.min(ms, LAST_MS)).toISOString();
}

/** The schedule of a job whose run has not begun: once it has, its successor goes on with it. */
export function scheduleAhead(job: BatchJob): Schedule | null {
  const { attempts = [], schedule = null } = jobdeckOf(job) ?? {};
  return attempts.length === 0 ? schedule : null;
}

/** When a job that waits can begin no more: its own deadline, or the end of its schedule. */
export function deadlineMsOf(job: BatchJob): number | null {
  const times = [timeOf(jobdeckOf(job)?.deadline), timeOf(scheduleAhead(job)?.until)].filter(
    (ms) => ms !== null,
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** What a waiting job waits for, where that is a time, passed or not: its next attempt, or its `not_before`. */
export function waitingTimeOf(job: BatchJob): { reason: 'retry' | 'not-before'; ms: number } | null {
  const { next_attempt_at: nextAttempt, not_before: notBefore } = jobdeckOf(job) ?? {};
  const nextAttemptMs = timeOf(nextAttempt);
  if (nextAttemptMs !== null) return { reason: 'retry', ms: nextAttemptMs };
  const notBeforeMs = timeOf(notBefore);
  return notBeforeMs === null ? null : { reason: 'not-before', ms: notBeforeMs };
}
