/** Deliveries that were never sent anywhere. Deterministic. */
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import { sampleJob } from './sample-jobs.ts';

const START_MS = Date.parse('2026-11-01T09:00:00.000Z');

/** The `number`th delivery, of the `jobIndex`th sample job: made and changed one minute after the one before it. */
export function historyDelivery(
  jobIndex: number,
  { number = jobIndex, ...change }: Partial<Delivery> & { number?: number } = {},
): Delivery {
  const atMs = START_MS + number * 60_000;
  const at = new Date(atMs).toISOString();
  return {
    id: `msg_${atMs.toString(16).padStart(12, '0')}${number.toString(16).padStart(20, '0')}` as DeliveryId,
    jobId: sampleJob(jobIndex).id,
    type: 'job.completed',
    url: 'https://example.org/hooks/done',
    state: 'due',
    reason: null,
    createdAt: at,
    updatedAt: at,
    nextAttemptAt: change.state === undefined || change.state === 'due' ? at : null,
    attemptCount: 0,
    step: 0,
    attempts: [],
    ...change,
  };
}
