/** The texts of a task that may hold placeholders, and where they are. */
import { assertNever } from '../../app-error.ts';
import type { Task } from '../tasks.ts';

/** Where in a task a text stands, as a person reads it: `args[0]`, `env.TOKEN`, `request.messages[0].content`. */
export type Place = string;

export interface PlacedText {
  place: Place;
  text: string;
}

/** Every text of a task that is looked at for placeholders, in the order in which a person reads them. */
export function textsOf(task: Task): PlacedText[] {
  switch (task.kind) {
    case 'command':
      return [
        ...('shell' in task
          ? [{ place: 'shell', text: task.shell }]
          : [{ place: 'program', text: task.program }, ...textsIn(task.args, 'args')]),
        ...processTexts(task),
      ];
    case 'script':
      return [{ place: 'source', text: task.source }, ...processTexts(task)];
    case 'http':
      return [
        { place: 'url', text: task.url },
        ...textsIn(task.headers, 'headers'),
        ...textsIn(task.body, 'body'),
      ];
    case 'llm':
      return [
        ...textsIn(task.base_url, 'base_url'),
        ...textsIn(task.model, 'model'),
        ...textsIn(task.request, 'request'),
      ];
    default:
      return assertNever(task);
  }
}

/** The place of a property or an element of what stands at `place`. */
export function placeIn(place: Place, step: string | number): Place {
  if (typeof step === 'number') return `${place}[${step}]`;
  return /^[\w$-]+$/u.test(step) ? `${place}.${step}` : `${place}[${JSON.stringify(step)}]`;
}

function processTexts(task: { cwd?: string; env?: Record<string, string>; stdin?: string }): PlacedText[] {
  return [...textsIn(task.cwd, 'cwd'), ...textsIn(task.env, 'env'), ...textsIn(task.stdin, 'stdin')];
}

function textsIn(value: unknown, place: Place): PlacedText[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (Array.isArray(value)) return value.flatMap((element, at) => textsIn(element, placeIn(place, at)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, placeIn(place, name)));
}
