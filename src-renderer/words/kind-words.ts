/** What a job's task is called, and what it would run, in words. */
import type { JobType } from '#shared/job/batch-job.ts';
import type { LlmTask, Task, TaskKind } from '#shared/job/tasks.ts';

const KIND_WORDS: Record<TaskKind, string> = {
  command: 'command',
  script: 'script',
  http: 'request',
  llm: 'model',
};

/** The kind column of the list. */
export function kindWord(kind: TaskKind | null, jobType: JobType): string {
  if (kind === null) return 'record';
  return jobType === 'batch' ? 'batch' : KIND_WORDS[kind];
}

/** One line that says what a task runs. */
export function taskLine(task: Task): string {
  switch (task.kind) {
    case 'command':
      return 'shell' in task ? task.shell : [task.program, ...(task.args ?? [])].map(quoted).join(' ');
    case 'script':
      return `${task.interpreter}: ${task.source.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#!')) ?? ''}`;
    case 'http':
      return `${task.method ?? 'GET'} ${task.url}`;
    case 'llm':
      return `${task.endpoint} ${modelOf(task)}`.trim();
  }
}

function modelOf({ request }: LlmTask): string {
  return typeof request !== 'string' && typeof request.model === 'string' ? request.model : '';
}

/** An argument as a shell would want it written, so that one can see where it begins and ends. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
