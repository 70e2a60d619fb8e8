/** Tasks that start a process. */
import type { CommandTask, ScriptTask } from '../tasks.ts';
import { type Fill, fillParts, type Reading } from './fill.ts';
import { fillShell } from './fill-shell.ts';
import { ARGUMENT, CONTENT, ENVIRONMENT, fillText, fillTexts, readSegments } from './fill-text.ts';
import { TemplateProblem } from './template-problem.ts';

export function fillCommand(task: CommandTask, reading: Reading): Fill<CommandTask> {
  if ('shell' in task) {
    return fillParts(task, { shell: fillShell(task.shell, reading), ...commonParts(task, reading) });
  }
  return fillParts(task, {
    program: fillText(task.program, 'program', ARGUMENT, reading),
    args: fillTexts(task.args, 'args', ARGUMENT, reading),
    ...commonParts(task, reading),
  });
}

/** @throws TemplateProblem for a placeholder in the source: a value there would be code, in a language not known here */
export function fillScript(task: ScriptTask, reading: Reading): Fill<ScriptTask> {
  const segments = readSegments(task.source, 'source', 'seen-by-others', reading) ?? [];
  const placeholder = segments.find((segment) => typeof segment !== 'string');
  if (placeholder !== undefined) {
    throw new TemplateProblem(
      'template',
      `Expected no ${placeholder.source} in the source of a script, where a value would become code: read it from the environment variables JOBDECK_ITEM, JOBDECK_ITEM_<FIELD> and JOBDECK_INDEX.`,
    );
  }
  return fillParts(task, commonParts(task, reading));
}

function commonParts({ cwd, env, stdin }: CommandTask | ScriptTask, reading: Reading) {
  return {
    cwd: cwd === undefined ? null : fillText(cwd, 'cwd', ARGUMENT, reading),
    env: fillTexts(env, 'env', ENVIRONMENT, reading),
    stdin: stdin === undefined ? null : fillText(stdin, 'stdin', CONTENT, reading),
  };
}
