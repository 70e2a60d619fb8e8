/** What a job is called where it has no name of its own: by what it runs. */
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { Task } from '#shared/job/tasks.ts';

const MAX_TITLE_LENGTH = 120;

/** Its name, the beginning of what it runs, or its id. */
export function nameOf(job: BatchJob): string {
  return jobdeckOf(job)?.name?.trim() || titleOf(job) || job.id;
}

/** The beginning of what it runs; '' for a record without a task. */
export function titleOf(job: BatchJob): string {
  const task = jobdeckOf(job)?.task;
  return task === undefined ? '' : taskTitle(task);
}

function taskTitle(task: Task): string {
  switch (task.kind) {
    case 'command':
      return 'shell' in task
        ? firstLine(task.shell)
        : firstLine([task.program, ...(task.args ?? [])].join(' '));
    case 'script':
      return firstLine(task.source.replace(/^#!.*/u, '')) || task.interpreter;
    case 'http':
      return firstLine(`${task.method ?? 'GET'} ${task.url}`);
    case 'llm':
      return firstLine(
        [typeof task.request === 'string' ? null : task.request.model, task.endpoint]
          .filter((part) => typeof part === 'string')
          .join(' '),
      );
  }
}

function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return shortened(line.trim());
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_TITLE_LENGTH
    ? text
    : `${characters.slice(0, MAX_TITLE_LENGTH - 1).join('')}…`;
}
