/** Whether a process finds of its item what it asks for. */
import type { CommandTask, ScriptTask } from '../tasks.ts';
import { itemVariables, unfit } from './item-environment.ts';
import { TemplateProblem } from './template-problem.ts';

/**
 * @throws TemplateProblem where the task names a variable of the item that its environment can't hold: it would go on
 * with nothing in its place
 */
export function checkItemEnvironment(
  task: CommandTask | ScriptTask,
  { index, value }: { index: number; value: unknown },
): void {
  const code = codeOf(task);
  if (!code.includes('JOBDECK_ITEM')) return;
  for (const [name, text] of Object.entries(itemVariables(index, value))) {
    const reason = unfit(text);
    if (reason === null || !new RegExp(`\\b${name}\\b`, 'u').test(code)) continue;
    throw new TemplateProblem(
      'template',
      `Expected ${reason} in the environment variable ${name}: give the item to the standard input, with {{item}} in stdin.`,
    );
  }
}

function codeOf(task: CommandTask | ScriptTask): string {
  if (task.kind === 'script') return task.source;
  return 'shell' in task ? task.shell : (task.args ?? []).join(' ');
}
