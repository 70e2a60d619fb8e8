/** What a job's task is called, and what it would run, in words. */
import type { JobType } from '#shared/job/batch-job.ts';
import type { Items, JobdeckMetadata } from '#shared/job/jobdeck-metadata.ts';
import type { LlmTask, Task, TaskKind } from '#shared/job/tasks.ts';
import { countOf } from './count-words.ts';

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

/**
 * One line that says what a task runs.
 * @param batch of a batch, its items and how many they turned out to be
 */
export function taskLine(task: Task, batch?: Pick<JobdeckMetadata, 'items' | 'counts'>): string {
  const line = lineOf(task);
  return batch?.items === undefined ? line : `${line} ${itemsPhrase(batch.items, batch.counts?.total)}`;
}

function lineOf(task: Task): string {
  switch (task.kind) {
    case 'command':
      return 'shell' in task ? task.shell : [task.program, ...(task.args ?? [])].map(quoted).join(' ');
    case 'script':
      return `${task.interpreter}: ${task.source.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#!')) ?? ''}`;
    case 'http':
      return `${task.method ?? 'GET'} ${task.url}`;
    case 'llm':
      return [task.endpoint, modelOf(task)].filter((part) => part !== '').join(' ');
  }
}

/** "for 100 items", "for 100 items from rows.csv"; "for each line of rows.csv" while they are not counted. */
export function itemsPhrase(items: Items, total = itemTotal(items)): string {
  if ('file' in items) {
    const file = items.file.split(/[\\/]/u).at(-1) ?? items.file;
    return total === null
      ? `for each ${itemOf(items.format)} of ${file}`
      : `for ${countOf(total, 'item')} from ${file}`;
  }
  if ('failed_of' in items && total === null) return 'for the items that failed before';
  return `for ${countOf(total ?? 0, 'item')}`;
}

/** How many items there are, where it can be told without reading a file. */
export function itemTotal(items: Items): number | null {
  if ('values' in items) return items.values.length;
  if ('range' in items) {
    const { from, to, step = 1 } = items.range;
    return to < from ? 0 : Math.floor((to - from) / step) + 1;
  }
  if ('matrix' in items) {
    return Object.values(items.matrix).reduce((product, values) => product * values.length, 1);
  }
  return null;
}

function itemOf(format: 'jsonl' | 'csv' | 'lines'): string {
  return format === 'csv' ? 'row' : 'line';
}

function modelOf({ request }: LlmTask): string {
  return typeof request !== 'string' && typeof request.model === 'string' ? request.model : '';
}

/** An argument as a shell would want it written, so that one can see where it begins and ends. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/u.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
