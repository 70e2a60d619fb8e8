/** The owner of a data directory answers what other processes ask of it. */
import { AppError } from '#shared/app-error.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import { fail, ok, toErrorValue } from '#shared/contract/result.ts';
import type { Workspace } from '../workspace-types.ts';
import { openControlFile } from './control-file.ts';
import { parseControlRequest } from './control-request.ts';
import { performRequest } from './perform-request.ts';

/** How often it looks whether there is something to answer. */
const LOOK_EVERY_MS = 250;

/**
 * Answers until it is disposed of; what it has taken by then is still answered. The runner may be asked for anything
 * from now on.
 * @param onProblem told once that requests can't be read or answered; the runner goes on without them
 */
export function answerRequests(
  { dataDirectory, runner }: Pick<Workspace, 'dataDirectory' | 'runner'>,
  onProblem: (error: AppError) => void = () => {},
): Disposer {
  let isDisposed = false;
  let underWay = 0;
  let hasFailed = false;
  const file = guarded(() => openControlFile(dataDirectory));
  if (file === null) return () => {};
  guarded(() => file.sweep(Date.now()));

  function guarded<T>(action: () => T): T | null {
    try {
      return action();
    } catch (error) {
      if (!hasFailed) onProblem(asAppError(error));
      hasFailed = true;
      return null;
    }
  }

  function look(): void {
    guarded(() => {
      if (!file?.changed()) return;
      for (let next = file.take(Date.now()); next !== null; next = file.take(Date.now())) {
        underWay++;
        void answer(next.id, next.request);
      }
    });
  }

  async function answer(id: number, request: unknown): Promise<void> {
    const result = await resultOf(request);
    guarded(() => file?.answer(id, result));
    underWay--;
    closeWhenDone();
  }

  async function resultOf(request: unknown) {
    try {
      return ok(await performRequest(runner, parseControlRequest(request)));
    } catch (error) {
      const { code, message } = toErrorValue(error);
      return fail(code, message);
    }
  }

  function closeWhenDone(): void {
    if (isDisposed && underWay === 0) guarded(() => file?.close());
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  look();
  return () => {
    if (isDisposed) return;
    isDisposed = true;
    clearInterval(timer);
    closeWhenDone();
  };
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', String(error), { cause: error });
}
