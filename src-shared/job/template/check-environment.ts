/** Whether an item can be in the environment of a process. */
import type { CommandTask, ScriptTask } from '../tasks.ts';
import { checkText } from './fill.ts';
import { itemVariables, MAX_VARIABLE_LENGTH } from './item-environment.ts';
import { TemplateProblem } from './template-problem.ts';

/**
 * @throws TemplateProblem where the item's text can't be a variable, or where the task names a variable that is left out
 * since it is too long: it would go on with nothing in its place
 */
export function checkItemEnvironment(
  task: CommandTask | ScriptTask,
  { index, value }: { index: number; value: unknown },
): void {
  for (const [name, text] of Object.entries(itemVariables(index, value))) {
    if (text.length <= MAX_VARIABLE_LENGTH) {
      checkText(text, 'the item', `the environment variable ${name}`);
    } else if (names(task, name)) {
      throw new TemplateProblem(
        'template',
        `Expected at most ${MAX_VARIABLE_LENGTH} characters for the environment variable ${name}, got ${text.length}: give the item to the standard input, with {{item}} in stdin.`,
      );
    }
  }
}

function names(task: CommandTask | ScriptTask, variable: string): boolean {
  const code = task.kind === 'script' ? [task.source] : 'shell' in task ? [task.shell] : (task.args ?? []);
  return code.some((text) => new RegExp(`\\b${variable}\\b`, 'u').test(text));
}
