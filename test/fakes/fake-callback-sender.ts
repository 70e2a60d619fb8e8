/** A sender whose posts are answered when a test says so, or at once. */
import type { CallbackReport, CallbackRequest, CallbackSender } from '../../src-main/core/ports.ts';

export interface FakePost extends CallbackRequest {
  signal: AbortSignal;
  /** What is sent, parsed. */
  message: Record<string, unknown>;
  answer(report?: Partial<CallbackReport>): void;
  isAnswered: boolean;
}

export interface FakeCallbackSender extends CallbackSender {
  posts: FakePost[];
  /** Those that are on their way. */
  open(): FakePost[];
  /** Posts are answered with this at once; null leaves them to the test. */
  automatic: Partial<CallbackReport> | null;
}

export const DELIVERED: CallbackReport = {
  startedAt: '2026-11-01T08:00:01.000Z',
  durationMs: 12,
  outcome: 'answered',
  statusCode: 200,
  error: null,
  answer: 'thanks',
  address: '192.0.2.1',
  isSigned: false,
};

/** An answer of this status, as the sender reports it. */
export function answeredWith(
  statusCode: number,
  rest: Partial<CallbackReport> = {},
): Partial<CallbackReport> {
  const error = statusCode >= 200 && statusCode <= 299 ? null : `The receiver answered ${statusCode}.`;
  return { statusCode, error, answer: null, ...rest };
}

export const NO_ANSWER: Partial<CallbackReport> = {
  ...{ outcome: 'no-answer', statusCode: null, answer: null, address: null },
  error: 'Nothing listens there.',
};

export function createFakeCallbackSender(): FakeCallbackSender {
  const sender: FakeCallbackSender = {
    posts: [],
    automatic: {},
    open: () => sender.posts.filter(({ isAnswered }) => !isAnswered),
    send(request, signal) {
      return new Promise((resolve) => {
        const post: FakePost = {
          ...request,
          signal,
          message: JSON.parse(request.body),
          isAnswered: false,
          answer(report = {}) {
            post.isAnswered = true;
            resolve({ ...DELIVERED, ...report });
          },
        };
        sender.posts.push(post);
        signal.addEventListener('abort', () => post.answer({ ...NO_ANSWER, error: 'Broken off.' }));
        if (sender.automatic !== null) post.answer(sender.automatic);
      });
    },
  };
  return sender;
}
