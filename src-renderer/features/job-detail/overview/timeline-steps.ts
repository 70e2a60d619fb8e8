/** What happened to a job, step by step, from its record. Pure. */

import type { Delivery } from '#shared/callback/delivery.ts';
import type { JobProgress } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { Attempt } from '#shared/job/jobdeck-metadata.ts';
import { formatDuration } from '../../../components/format/duration.ts';
import { attemptOutcome, deliveryPhrase, deliverySentence } from '../../../words/callback-words.ts';
import { callbackSentence } from '../../../words/stop-words.ts';
import { waitSentence } from '../../../words/wait-words.ts';

export interface TimelineStep {
  key: string;
  title: string;
  /** Milliseconds since 1970; null for what is still to come. */
  atMs: number | null;
  note?: string;
  /** In the place of `note`, where what is said depends on the time. */
  noteAt?: (nowMs: number) => string;
  tone: 'plain' | 'good' | 'bad' | 'live' | 'coming';
}

/**
 * @param progress what an active job waits for, where that is known
 * @param delivery how its callback stands; null for a record from before there were any, which says it itself
 */
export function timelineSteps(
  job: BatchJob,
  progress: JobProgress | null = null,
  delivery: Delivery | null = null,
): TimelineStep[] {
  const jobdeck = jobdeckOf(job);
  const attempts = jobdeck?.attempts ?? [];
  const waits = progress?.waitsFor ?? null;
  const steps: TimelineStep[] = [
    { key: 'created', title: 'Created', atMs: Date.parse(job.created_at), tone: 'plain' },
  ];
  if (job.status === 'pending' && attempts.length === 0 && job.updated_at !== null) {
    steps.push({
      key: 'queued',
      title: 'Queued',
      atMs: Date.parse(job.updated_at),
      tone: 'live',
      note: waitSentence(waits ?? 'slot'),
    });
  }
  for (const { id, status } of jobdeck?.dependencies ?? []) {
    steps.push({
      key: `after-${id}`,
      title: 'A job it waited for ended',
      atMs: null,
      note: `${id}: ${status}`,
      tone: status === 'completed' ? 'plain' : 'bad',
    });
  }
  for (const attempt of attempts) steps.push(...attemptSteps(attempt, attempts.length > 1));
  if (job.status === 'pending' && attempts.length > 0) {
    steps.push({
      key: 'again',
      title: `Attempt ${attempts.length + 1}`,
      atMs: jobdeck?.next_attempt_at == null ? null : Date.parse(jobdeck.next_attempt_at),
      note: waitSentence(waits ?? 'retry'),
      tone: 'live',
    });
  }
  if (job.completed_at !== null) steps.push(endStep(job));
  return [...steps, ...(delivery === null ? recordedCallback(job) : [deliveryStep(delivery)])];
}

/** The callback as a record tells of it. */
function recordedCallback(job: BatchJob): TimelineStep[] {
  const note = callbackSentence(job);
  if (note === null || (job.completed_at === null && job.callback_sent_at === null)) return [];
  const wentWell = job.callback_error === null && isSuccess(job.callback_status_code);
  return [
    {
      key: 'callback',
      title: 'Callback',
      atMs: job.callback_sent_at === null ? null : Date.parse(job.callback_sent_at),
      note,
      tone: job.callback_sent_at === null ? 'coming' : wentWell ? 'good' : 'bad',
    },
  ];
}

const DELIVERY_TONES = {
  due: 'coming',
  held: 'coming',
  delivered: 'good',
  abandoned: 'bad',
  stopped: 'plain',
} as const;

function deliveryStep(delivery: Delivery): TimelineStep {
  const last = delivery.attempts.at(-1);
  return {
    key: 'callback',
    title: 'Callback',
    atMs: last === undefined ? null : Date.parse(last.startedAt),
    noteAt: (nowMs) => {
      if (last === undefined || delivery.state === 'stopped') return deliverySentence(delivery, nowMs);
      if (delivery.state === 'delivered')
        return `${deliverySentence(delivery, nowMs)}, answered ${last.statusCode}`;
      return `${attemptOutcome(last)}, ${deliveryPhrase(delivery, nowMs)}`;
    },
    tone: DELIVERY_TONES[delivery.state],
  };
}

function attemptSteps(attempt: Attempt, isOneOfSeveral: boolean): TimelineStep[] {
  const isRunning = attempt.outcome === undefined;
  const first =
    attempt.ttft_ns == null ? [] : [`first output after ${formatDuration(attempt.ttft_ns / 1e6)}`];
  const took = attempt.duration_ns == null ? [] : [`took ${formatDuration(attempt.duration_ns / 1e6)}`];
  const error = isOneOfSeveral && attempt.error ? [attempt.error.message] : [];
  const note = [...took, ...first, ...error].join(', ');
  return [
    {
      key: `attempt-${attempt.number}`,
      title: isOneOfSeveral ? `Attempt ${attempt.number} started` : 'Started',
      atMs: Date.parse(attempt.started_at),
      tone: isRunning ? 'live' : attempt.outcome === 'failed' && isOneOfSeveral ? 'bad' : 'plain',
      ...(note !== '' && { note }),
    },
  ];
}

function endStep(job: BatchJob): TimelineStep {
  const titles = {
    completed: 'Completed',
    failed: 'Failed',
    cancelled: 'Cancelled',
    expired: 'Expired',
  } as const;
  const status = job.status as keyof typeof titles;
  return {
    key: 'ended',
    title: titles[status] ?? 'Ended',
    atMs: Date.parse(job.completed_at ?? ''),
    tone: status === 'completed' ? 'good' : status === 'cancelled' ? 'plain' : 'bad',
  };
}

function isSuccess(code: number | null): boolean {
  return code === null || (code >= 200 && code < 300);
}
