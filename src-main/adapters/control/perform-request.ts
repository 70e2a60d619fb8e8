/** Does what another process asked for. */
import { assertNever } from '#shared/app-error.ts';
import type { Runner } from '../../core/runner-types.ts';
import { callbackOriginsOf } from '../callback-origins.ts';
import type { ControlReport, ControlRequest } from './control-request.ts';

/** Resolves once what was asked for is durable. Rejects with an AppError where all of it was refused. */
export async function performRequest(runner: Runner, request: ControlRequest): Promise<ControlReport> {
  const { callbacks } = runner;
  switch (request.kind) {
    case 'cancel': {
      const { requested, unknown } = await runner.cancel(request.ids);
      return refusing(requested, unknown, notActive);
    }
    case 'suspend':
      return runner.suspend(request.ids);
    case 'continue':
      return runner.resume(request.ids);
    case 'submit': {
      // Who asks has written or named them: where their callbacks lead is what they want.
      const origins = callbackOriginsOf(request.jobs);
      if (origins.length > 0) await callbacks.allow(origins);
      const { accepted, refused } = await runner.submit(request.jobs);
      return { done: accepted, refused };
    }
    case 'queue': {
      const { kind: _, name, ...change } = request;
      const known = runner.status().queues.find((queue) => queue.name === name);
      runner.saveQueue({ name, slots: known?.slots ?? null, mode: known?.mode ?? 'open', ...change });
      return { done: [], refused: [] };
    }
    case 'callback-send': {
      const { sent, refused } = await callbacks.send(request.sends);
      return { done: sent, refused: refused.map(({ jobId, error }) => ({ id: jobId, error })) };
    }
    case 'callback-stop': {
      const stopped = await callbacks.stop(request.ids);
      return refusing(
        stopped,
        request.ids.filter((id) => !stopped.includes(id)),
        notOpen,
      );
    }
    default:
      return assertNever(request);
  }
}

function refusing(done: string[], rest: readonly string[], why: (id: string) => string): ControlReport {
  return {
    done,
    refused: rest.map((id) => ({ id, error: { code: 'not-found', message: why(id) } })),
  };
}

const notActive = (id: string) => `${id} is not active: it has ended, or was never here.`;
const notOpen = (id: string) => `${id} is not to be sent any more: it is over, or was never here.`;
