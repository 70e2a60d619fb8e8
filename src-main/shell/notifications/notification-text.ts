/** What a notification says: pure, so that every sentence can be tested. */
import type { Delivery } from '#shared/callback/delivery.ts';
import type { NOTIFY_WHEN } from '#shared/contract/settings.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { TERMINAL_STATUSES } from '#shared/job/lifecycle.ts';

export interface NotificationText {
  title: string;
  body: string;
}

/**
 * Whether the end of a job is told. A cancelled job is not: the person who cancelled it knows. An expired one
 * counts as a failure: it never ran.
 */
export function isTold(job: BatchJob, notifyWhen: (typeof NOTIFY_WHEN)[number]): boolean {
  const failed = job.status === 'failed' || job.status === 'expired';
  if (notifyWhen === 'none') return false;
  return failed || (notifyWhen === 'all' && job.status === 'completed');
}

/** One job that ended: its name, and how it went in one sentence. */
export function textForOne(job: BatchJob): NotificationText {
  const title = jobdeckOf(job)?.name || job.id;
  if (job.status === 'completed') return { title, body: `Completed${took(job.total_duration_ns)}.` };
  if (job.status === 'expired') return { title, body: 'Expired: its deadline passed before it could start.' };
  const reason = jobdeckOf(job)?.error?.message;
  return { title, body: reason ? `Failed: ${reason}` : `Failed${took(job.total_duration_ns)}.` };
}

/** Several jobs that ended at about the same time. */
export function textForMany(jobs: readonly BatchJob[]): NotificationText {
  const parts = TERMINAL_STATUSES.map((status) => ({
    status,
    count: jobs.filter((job) => job.status === status).length,
  })).filter(({ count }) => count > 0);
  return {
    title: `${jobs.length} jobs ended`,
    body: `${parts.map(({ status, count }) => `${count} ${status}`).join(', ')}.`,
  };
}

/** A callback that was given up, or that goes nowhere until its owner allows it. */
export interface TroubledCallback {
  job: BatchJob;
  delivery: Delivery;
}

/**
 * Whether a change of a delivery is told: where it was given up after all its attempts, and where it needs the person.
 * What the person stopped is known to them; a URL that stops it tells so in the window.
 */
export function isCallbackTold({ state }: Delivery, notifyWhen: (typeof NOTIFY_WHEN)[number]): boolean {
  return notifyWhen !== 'none' && (state === 'abandoned' || state === 'held');
}

export function textForCallback({ job, delivery }: TroubledCallback): NotificationText {
  const title = jobdeckOf(job)?.name || job.id;
  const what = delivery.state === 'held' ? 'The callback waits for you' : 'The callback was given up';
  return { title, body: delivery.reason === null ? `${what}.` : `${what}: ${delivery.reason}` };
}

export function textForCallbacks(troubled: readonly TroubledCallback[]): NotificationText {
  const held = troubled.filter(({ delivery }) => delivery.state === 'held').length;
  const abandoned = troubled.length - held;
  const parts = [
    ...(abandoned > 0 ? [`${abandoned} given up after all attempts`] : []),
    ...(held > 0 ? [`${held} ${held === 1 ? 'waits' : 'wait'} for you`] : []),
  ];
  return { title: `${troubled.length} callbacks were not delivered`, body: `${parts.join(', ')}.` };
}

/** Kept running with no window: said once when the window closes. */
export function textForBackground(count: number): NotificationText {
  const what = count === 1 ? '1 job keeps running' : `${count} jobs keep running`;
  return { title: what, body: 'Jobdeck works on without a window and quits when they are done.' };
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** " in 3 min 2 s": at most two units, because a notification is read at a glance. */
function took(durationNs: number | null): string {
  if (durationNs === null) return '';
  const totalSeconds = Math.round(durationNs / 1e9);
  if (totalSeconds < 1) return ' in less than a second';
  let rest = totalSeconds;
  const parts = UNITS.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  const shown = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return ` in ${shown.map(({ unit, count }) => `${count} ${unit}`).join(' ')}`;
}
