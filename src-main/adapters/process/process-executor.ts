/** Runs `command` and `script` tasks as processes: started by the spawn helper, ended as whole trees. */
import { join } from 'node:path';
import { AppError } from '#shared/app-error.ts';
import { isProcessTask } from '#shared/job/tasks.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { PreparedExecutor } from '../tasks/prepared-spec.ts';
import type { StartSpawnHelper } from '../workspace-types.ts';
import { attemptMarker } from './attempt-marker.ts';
import { failedBeforeStart } from './attempt-report.ts';
import { endTree } from './end-tree.ts';
import { createHelperClient } from './helper-client.ts';
import { nanosecondsSince } from './monotonic.ts';
import { runProcessAttempt } from './process-attempt.ts';
import { HAS_MARKERS, notedProcess, PROCESS_NOTE_NAME } from './process-note.ts';
import { createRunningAttempts } from './running-attempts.ts';
import { messageOf } from './system-error.ts';

export interface ProcessExecutorOptions {
  startSpawnHelper: StartSpawnHelper;
  outputs: OutputStore;
  /**
   * Between TERM and KILL for what a killed application left, milliseconds; 5000 where absent. The job's own
   * grace is not asked for: whoever starts Jobdeck waits for this.
   */
  reapGraceMs?: number;
}

/** `close` ends the helper, and before it what it still runs. */
export type ProcessExecutor = PreparedExecutor & { close(): Promise<void> };

/** An executor for the tasks that start a process on this machine. */
export function createProcessExecutor(options: ProcessExecutorOptions): ProcessExecutor {
  const { startSpawnHelper, outputs, reapGraceMs = 5000 } = options;
  const helper = createHelperClient(startSpawnHelper);
  const running = createRunningAttempts();

  return {
    async run(spec, signal) {
      const startNs = process.hrtime.bigint();
      const { task } = spec;
      if (!isProcessTask(task)) {
        const message = `Expected a task of kind command or script, got ${task.kind}: this version can't run it.`;
        return failedBeforeStart({ code: 'invalid-task', message }, 0);
      }
      try {
        return await runProcessAttempt({ ...spec, task }, signal, { helper, outputs, running });
      } catch (error) {
        const code = error instanceof AppError && error.code === 'closing' ? 'interrupted' : 'spawn';
        const message = `The attempt could not be carried out: ${messageOf(error)}`;
        return failedBeforeStart({ code, message }, nanosecondsSince(startNs));
      }
    },
    async reap(key) {
      const directory = outputs.directoryFor(key);
      const pid = HAS_MARKERS ? null : await notedProcess(join(directory, PROCESS_NOTE_NAME));
      const left = await endTree({ pid, marker: attemptMarker(directory), graceMs: reapGraceMs });
      return { survivors: left.map((survivor) => survivor.pid) };
    },
    suspend: (key) => running.suspend(key),
    resume: (key) => running.resume(key),
    close: () => helper.close(),
  };
}
