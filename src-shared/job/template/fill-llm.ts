/** Model calls. */
import type { LlmTask } from '../tasks.ts';
import { type Fill, fillParts, type Reading } from './fill.ts';
import { fillJson, isObject } from './fill-json.ts';
import { CONTENT, fillText } from './fill-text.ts';
import { fillUrl } from './fill-url.ts';
import { TemplateProblem } from './template-problem.ts';
import type { Place } from './texts.ts';

/** The task's own model takes the place of the one that its request names. */
export function fillLlm(task: LlmTask, reading: Reading): Fill<LlmTask> {
  const fill = fillParts(task, {
    base_url: task.base_url === undefined ? null : fillUrl(task.base_url, 'base_url', reading),
    model: task.model === undefined ? null : fillText(task.model, 'model', CONTENT, reading),
    request: fillRequest(task.request, 'request', reading),
  });
  if (task.model === undefined) return fill;
  return (scope) => withModel(fill === null ? task : fill(scope));
}

function withModel(task: LlmTask): LlmTask {
  const { model, request } = task;
  return isObject(request) ? { ...task, request: { ...request, model } } : task;
}

/** Reads what a model endpoint is asked. A text is one placeholder, whose value has to be an object. */
function fillRequest(request: LlmTask['request'], place: Place, reading: Reading): Fill<LlmTask['request']> {
  if (typeof request !== 'string') return fillJson(request, place, reading) as Fill<LlmTask['request']>;
  const fill = fillJson(request, place, reading);
  if (fill === null) {
    const expected = reading.hasItems ? 'an object, or a placeholder for one' : 'items that fill it';
    throw new TemplateProblem('template', `Expected ${expected} in ${place}, got the text ${request}.`);
  }
  return (scope) => {
    const value = fill(scope);
    if (isObject(value)) return value;
    throw new TemplateProblem(
      'template',
      `Expected an object for ${request} in ${place}, got ${nameOf(value)}: it is the body of the request.`,
    );
  };
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
