/** Commands that read documents and write a file of them: stopped by a signal, they leave nothing half written. */
import { constants } from 'node:os';
import { AppError } from '#shared/app-error.ts';
import type { CliIo, StopSignal } from '../cli-types.ts';

/** What a command writes: a file that is whole or not there. */
interface Target {
  cancel(): Promise<void>;
}

/**
 * Does the work of a command, and gives its exit code; 128 and the signal's number where it is stopped.
 * @param open begins what is written: it is given up where the work is stopped or fails
 * @param work is to look at the signal wherever it takes long, and to throw its reason
 */
export async function stoppable<T extends Target>(
  io: CliIo,
  open: () => Promise<T>,
  work: (target: T, stopped: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  let asked: StopSignal | null = null;
  let target: T | null = null;
  let givingUp: Promise<void> | undefined;
  const dispose = io.onSignal((signal) => {
    asked = signal;
    // A second one ends the process as if nothing listened: what is read may be a pipe that nobody writes to.
    dispose();
    stop.abort(new AppError('closing', `Expected to come to the end, got ${signal}.`));
    givingUp = target?.cancel();
    io.stdin.destroy?.();
  });
  try {
    target = await open();
    stop.signal.throwIfAborted();
    return await work(target, stop.signal);
  } catch (error) {
    if (asked === null) throw error;
    return 128 + constants.signals[asked];
  } finally {
    dispose();
    await givingUp;
    await target?.cancel();
  }
}
