/** A sender whose posts are answered when a test says so, or at once. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { CallbackReport } from '#shared/job/transition.ts';
import type { CallbackSender } from '../../src-main/core/ports.ts';

export interface FakePost {
  job: BatchJob;
  signal: AbortSignal;
  answer(report?: Partial<CallbackReport>): void;
}

export interface FakeCallbackSender extends CallbackSender {
  posts: FakePost[];
  /** Posts are answered with 200 at once. */
  isAutomatic: boolean;
}

export function createFakeCallbackSender(): FakeCallbackSender {
  const sender: FakeCallbackSender = {
    posts: [],
    isAutomatic: true,
    send(job, signal) {
      return new Promise((resolve) => {
        const sentAt = '2026-11-01T08:00:01.000Z';
        const answer = (report: Partial<CallbackReport> = {}) =>
          resolve({ sentAt, statusCode: 200, error: null, ...report });
        sender.posts.push({ job, signal, answer });
        signal.addEventListener('abort', () => answer({ statusCode: null, error: 'Broken off.' }));
        if (sender.isAutomatic) answer();
      });
    },
  };
  return sender;
}
