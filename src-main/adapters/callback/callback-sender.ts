/** Posts the result of a job to its `callback_url`: one POST, no redirect, no reading of what comes back. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { CallbackReport } from '#shared/job/transition.ts';
import type { CallbackSender } from '../../core/ports.ts';
import { explainExchange } from './explain-exchange.ts';

/** For the whole exchange, from the look-up of the name to the head of the answer. */
export const CALLBACK_TIMEOUT_MS = 15_000;

export interface CallbackSenderOptions {
  /** Of Jobdeck, for the User-Agent. */
  version: string;
  timeoutMs?: number;
  now?: () => string;
}

export function createCallbackSender({
  version,
  timeoutMs = CALLBACK_TIMEOUT_MS,
  now = () => new Date().toISOString(),
}: CallbackSenderOptions): CallbackSender {
  return {
    async send(job, signal): Promise<CallbackReport> {
      const sentAt = now();
      const target = targetOf(job.callback_url);
      if (typeof target === 'string') return { sentAt, statusCode: null, error: target };
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const answer = await fetch(target, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': `Jobdeck/${version}` },
          body: JSON.stringify(callbackBody(job)),
          redirect: 'manual',
          signal: AbortSignal.any([signal, timeout]),
        });
        discard(answer);
        return { sentAt, statusCode: answer.status, error: null };
      } catch (error) {
        return {
          sentAt,
          statusCode: null,
          error: explainExchange(error, { target, timeout, timeoutMs, signal }),
        };
      }
    },
  };
}

/** The four fields that receivers know. A run's id goes by the name `run_id`. */
export function callbackBody(job: BatchJob): Record<string, unknown> {
  return {
    [job.job_type === 'run' ? 'run_id' : 'job_id']: job.id,
    status: job.status,
    completed_at: job.completed_at,
    metadata: job.metadata,
  };
}

/** The URL to post to, or a sentence that says why there is none. */
function targetOf(text: string | null): URL | string {
  const url = URL.parse(text ?? '');
  if (url === null) return `Expected callback_url to be an absolute URL, got ${JSON.stringify(text)}.`;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `Expected callback_url to begin with http:// or https://, got ${url.protocol}`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'Expected callback_url to hold no user name and no password: nothing was sent.';
  }
  return url;
}

/** Closes the connection: the body is not ours to read, and may be endless. */
function discard(answer: Response): void {
  // A connection that breaks while it is closed is closed: the answer's code is all that counts.
  answer.body?.cancel().catch(() => undefined);
}
