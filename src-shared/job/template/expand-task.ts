/** Fills a task's placeholders. */
import { assertNever } from '../../app-error.ts';
import { isProcessTask, type Task } from '../tasks.ts';
import { checkItemEnvironment } from './check-environment.ts';
import { type Fill, fillParts, type Reading } from './fill.ts';
import { fillBody } from './fill-json.ts';
import { fillLlm } from './fill-llm.ts';
import { fillCommand, fillScript } from './fill-process.ts';
import { fillTexts, HEADER } from './fill-text.ts';
import { fillUrl } from './fill-url.ts';
import type { Expansion, TemplateScope } from './scope.ts';
import { TemplateProblem } from './template-problem.ts';

interface ReadTask {
  fill: Fill<Task>;
  secrets: string[];
}

/** By what was read with: the items of a batch share one task, which is read once. */
const READ = new WeakMap<Task, Map<string, ReadTask>>();

/**
 * The task as it is to run: every placeholder filled in, once; what a value holds is never expanded again. The given
 * task is not changed, and is given back itself where there is nothing to fill in.
 * @returns the error, code `template` or `secret`, where a placeholder can't be filled or must not stand where it does
 */
export function expandTask(task: Task, scope: TemplateScope): Expansion {
  try {
    const { fill, secrets } = readTask(task, scope);
    if (scope.item !== null && isProcessTask(task)) checkItemEnvironment(task, scope.item);
    return { task: fill === null ? task : fill(scope), secrets };
  } catch (error) {
    if (error instanceof TemplateProblem) return { error: error.jobError };
    throw error;
  }
}

function readTask(task: Task, { item, shell }: TemplateScope): ReadTask {
  const key = `${shell} ${item !== null}`;
  const known = READ.get(task) ?? new Map<string, ReadTask>();
  READ.set(task, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const reading: Reading = { hasItems: item !== null, shell, secrets: new Set() };
  const read = { fill: fillTask(task, reading), secrets: [...reading.secrets] };
  known.set(key, read);
  return read;
}

function fillTask(task: Task, reading: Reading): Fill<Task> {
  switch (task.kind) {
    case 'command':
      return fillCommand(task, reading);
    case 'script':
      return fillScript(task, reading);
    case 'http':
      return fillParts(task, {
        url: fillUrl(task.url, 'url', reading),
        headers: fillTexts(task.headers, 'headers', HEADER, reading),
        body: fillBody(task.body, 'body', reading),
      });
    case 'llm':
      return fillLlm(task, reading);
    default:
      return assertNever(task);
  }
}
