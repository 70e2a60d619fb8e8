/** What the signals do to a run. */
import { assertNever } from '#shared/app-error.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Runner } from '../../core/runner-types.ts';
import type { CliIo, StopSignal } from '../cli-types.ts';
import type { Progress } from './progress.ts';

export interface Stopping {
  /** True once nothing more is to be begun. */
  isStopping(): boolean;
  /** Ends what runs, as an interruption. */
  stop(): void;
  dispose: Disposer;
}

/**
 * Follows the signals: SIGINT lets what runs end, a second one cancels it; the others end it as an interruption.
 * Where only callbacks are left, SIGINT ends the wait for them: they stay due. The runner's `idle` and `settled`
 * resolve when that is done.
 */
export function followSignals(
  io: Pick<CliIo, 'onSignal'>,
  runner: Runner,
  runningIds: () => JobId[],
  progress: Progress,
): Stopping {
  let asked: 'nothing' | 'finish' | 'cancel' | 'stop' = 'nothing';

  function stop(): void {
    asked = 'stop';
    runner.stop().catch(() => undefined); // `close` stops it again and tells what went wrong
  }

  function finish(): void {
    asked = 'finish';
    progress.note('Finishing what runs; press Ctrl-C again to cancel it.');
    runner.finish().then(stop, failed);
  }

  function cancel(): void {
    asked = 'cancel';
    progress.note('Cancelling what runs.');
    runner.cancel(runningIds()).catch(failed);
  }

  /** Jobs that run, or that would if it went on. */
  function hasJobs(): boolean {
    const { running, pending } = runner.status();
    return running > 0 || (pending > 0 && asked === 'nothing');
  }

  function endWait(): void {
    const isWaiting = runner.status().callbacksDue > 0;
    if (asked !== 'stop') progress.note(isWaiting ? 'No longer waiting for callbacks.' : 'Stopping.');
    stop();
  }

  function failed(error: unknown): void {
    progress.fail(toErrorValue(error).message);
    stop();
  }

  function onAsked(signal: StopSignal): void {
    switch (signal) {
      case 'SIGINT':
        if (!hasJobs()) endWait();
        else if (asked === 'nothing') finish();
        else if (asked === 'finish') cancel();
        return;
      case 'SIGTERM':
      case 'SIGHUP':
        if (asked !== 'stop') progress.note('Stopping: the jobs that run are ended.');
        stop();
        return;
      default:
        assertNever(signal);
    }
  }

  return { isStopping: () => asked !== 'nothing', stop, dispose: io.onSignal(onAsked) };
}
