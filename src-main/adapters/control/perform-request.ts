/** Does what another process asked for. */
import { assertNever } from '#shared/app-error.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Runner } from '../../core/runner-types.ts';
import type { ControlReport, ControlRequest } from './control-request.ts';

/** Resolves once what was asked for is durable. Rejects with an AppError where all of it was refused. */
export async function performRequest(runner: Runner, request: ControlRequest): Promise<ControlReport> {
  switch (request.kind) {
    case 'cancel': {
      const { requested, unknown } = await runner.cancel(request.ids);
      return { done: requested, refused: unknown.map(notActive) };
    }
    case 'suspend':
      return runner.suspend(request.ids);
    case 'continue':
      return runner.resume(request.ids);
    case 'submit': {
      const { accepted, refused } = await runner.submit(request.jobs);
      return { done: accepted, refused };
    }
    case 'queue': {
      const { kind: _, name, ...change } = request;
      const known = runner.status().queues.find((queue) => queue.name === name);
      runner.saveQueue({ name, slots: known?.slots ?? null, mode: known?.mode ?? 'open', ...change });
      return { done: [], refused: [] };
    }
    default:
      return assertNever(request);
  }
}

function notActive(id: JobId): ControlReport['refused'][number] {
  return {
    id,
    error: { code: 'not-found', message: `${id} is not active: it has ended, or was never here.` },
  };
}
