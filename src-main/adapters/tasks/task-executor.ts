/** The executor that the runner has: fills a task in and hands it to the executor of its kind. */
import { assertNever } from '#shared/app-error.ts';
import type { TaskKind } from '#shared/job/tasks.ts';
import type { Executor } from '../../core/ports.ts';
import { prepareTask, type TaskSources } from './prepare-task.ts';
import type { PreparedExecutor } from './prepared-spec.ts';
import { redactReport } from './redact-report.ts';

export interface TaskExecutorOptions extends TaskSources {
  process: PreparedExecutor;
  http: PreparedExecutor;
  llm: PreparedExecutor;
}

/**
 * No value of a secret leaves it: output files are the executors' care, every text of a report is redacted here.
 * Only processes outlive Jobdeck and can be suspended, so the rest of the port is theirs.
 */
export function createTaskExecutor(options: TaskExecutorOptions): Executor {
  const { process, http, llm } = options;
  const executorFor = (kind: TaskKind): PreparedExecutor => {
    switch (kind) {
      case 'command':
      case 'script':
        return process;
      case 'http':
        return http;
      case 'llm':
        return llm;
      default:
        return assertNever(kind);
    }
  };
  return {
    async run(spec, signal) {
      const prepared = prepareTask(spec, options);
      if ('error' in prepared) {
        return { outcome: 'failed', durationNs: 0, ttftNs: null, result: {}, error: prepared.error };
      }
      const report = await executorFor(prepared.task.kind).run(prepared, signal);
      return redactReport(report, prepared.redact);
    },
    reap: (key) => process.reap(key),
    suspend: (key) => process.suspend(key),
    resume: (key) => process.resume(key),
  };
}
