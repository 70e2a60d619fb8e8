/** What one process may ask of another that has a data directory open. */
import { AppError } from '#shared/app-error.ts';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { CallbackSend } from '#shared/contract/callbacks.ts';
import type { AppErrorValue } from '#shared/contract/result.ts';
import { QUEUE_MODES, type QueueMode } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { checkRequest } from '../validators/index.ts';

export type ControlRequest =
  | { kind: 'cancel' | 'suspend' | 'continue'; ids: JobId[] }
  /** At most `MAX_PAGE` jobs. */
  | { kind: 'submit'; jobs: BatchJob[] }
  /** What is absent stays as it is. */
  | { kind: 'queue'; name: string; mode?: QueueMode; slots?: number | null }
  | { kind: 'callback-send'; sends: CallbackSend[] }
  | { kind: 'callback-stop'; ids: DeliveryId[] };

/** What was done, by the ids of jobs or deliveries. */
export interface ControlReport {
  done: string[];
  refused: { id: string; error: AppErrorValue }[];
}

/**
 * A request as another process wrote it.
 * @throws AppError `bad-request`
 */
export function parseControlRequest(value: unknown): ControlRequest {
  if (!isFields(value)) throw refusal('Expected an object');
  const { kind } = value;
  switch (kind) {
    case 'cancel':
    case 'suspend':
    case 'continue':
      expectRequest(`job:${kind}`, { ids: value.ids });
      return { kind, ids: value.ids as JobId[] };
    case 'submit':
      expectRequest('job:submit', { jobs: value.jobs, consent: 'author' });
      return { kind, jobs: value.jobs as BatchJob[] };
    case 'queue': {
      const { name, mode, slots } = value;
      expectRequest('queue:save', { name, mode: mode ?? QUEUE_MODES[0], slots: slots ?? null });
      return {
        kind,
        name: name as string,
        ...(mode !== undefined && { mode: mode as QueueMode }),
        ...(slots !== undefined && { slots: slots as number | null }),
      };
    }
    case 'callback-send':
      expectRequest('callback:send', { sends: value.sends });
      return { kind, sends: value.sends as CallbackSend[] };
    case 'callback-stop':
      expectRequest('callback:stop', { ids: value.ids });
      return { kind, ids: value.ids as DeliveryId[] };
    default:
      throw refusal(`Expected a kind of request that is known, got ${JSON.stringify(kind)}`);
  }
}

function expectRequest(channel: Parameters<typeof checkRequest>[0], value: unknown): void {
  const [problem] = checkRequest(channel, value) ?? [];
  if (problem !== undefined) throw refusal(`${problem.path}: ${problem.message}`);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(message: string): AppError {
  return new AppError('bad-request', message);
}
