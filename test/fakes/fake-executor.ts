/** An executor whose attempts end when a test says so. */
import type { JobId } from '#shared/job/job-id.ts';
import type { AttemptKey, AttemptReport, AttemptSpec, Executor } from '../../src-main/core/ports.ts';

export interface FakeRun {
  spec: AttemptSpec;
  signal: AbortSignal;
  end(report?: Partial<AttemptReport>): void;
  readonly hasEnded: boolean;
}

export interface FakeExecutor extends Executor {
  /** Every attempt that was started, in order. */
  runs: FakeRun[];
  running(): FakeRun[];
  run(spec: AttemptSpec, signal: AbortSignal): Promise<AttemptReport>;
  /** The newest attempt of a job. */
  runOf(id: JobId): FakeRun;
  reaped: AttemptKey[];
  /** Whether `suspend` and `resume` find a process. */
  canSuspend: boolean;
  suspended: AttemptKey[];
  survivors: number[];
  /** Attempts complete at once. */
  isAutomatic: boolean;
  /** False: an aborted attempt goes on until it is ended. */
  endsOnAbort: boolean;
}

export function createFakeExecutor(): FakeExecutor {
  const executor: FakeExecutor = {
    runs: [],
    running: () => executor.runs.filter((run) => !run.hasEnded),
    reaped: [],
    canSuspend: true,
    suspended: [],
    survivors: [],
    isAutomatic: false,
    endsOnAbort: true,
    run(spec, signal) {
      return new Promise((resolve) => {
        let hasEnded = false;
        const run: FakeRun = {
          spec,
          signal,
          get hasEnded() {
            return hasEnded;
          },
          end(report) {
            hasEnded = true;
            resolve({ ...endedReport(), ...report });
          },
        };
        executor.runs.push(run);
        signal.addEventListener('abort', () => {
          if (executor.endsOnAbort && !hasEnded) run.end({ outcome: 'cancelled' });
        });
        if (executor.isAutomatic) run.end();
      });
    },
    runOf(id) {
      const run = executor.runs.findLast(({ spec }) => spec.jobId === id);
      if (run === undefined) throw new Error(`Expected ${id} to have been started, it was not.`);
      return run;
    },
    async reap(key) {
      executor.reaped.push(key);
      return { survivors: executor.survivors };
    },
    async suspend(key) {
      if (executor.canSuspend) executor.suspended.push(key);
      return executor.canSuspend;
    },
    async resume(key) {
      const same = (other: AttemptKey) => other.jobId === key.jobId && other.item === key.item;
      executor.suspended = executor.suspended.filter((other) => !same(other));
      return executor.canSuspend;
    },
  };
  return executor;
}

/** A program that wrote `hi` and ended well. */
export function endedReport(): AttemptReport {
  const result = { exit_code: 0, signal: null, stdout: 'hi\n', stderr: '', stdout_bytes: 3, stderr_bytes: 0 };
  return { outcome: 'completed', durationNs: 5_000_000, ttftNs: 1_000_000, result };
}
