/** The kinds of task that the form knows, and going from one to another. */
import { isObject, type JsonObject, objectOf } from './values.ts';

export type DraftKind = 'shell' | 'program' | 'script' | 'http' | 'model';

const EMPTY: Record<DraftKind, JsonObject> = {
  shell: { kind: 'command', shell: '' },
  program: { kind: 'command', program: '' },
  script: { kind: 'script', interpreter: 'bash', source: '' },
  http: { kind: 'http', url: '' },
  model: {
    kind: 'llm',
    endpoint: 'chat/completions',
    request: { messages: [{ role: 'user', content: '' }] },
  },
};

/** Null for a task that this form does not know: it is edited as JSON. */
export function kindOf(task: unknown): DraftKind | null {
  if (task === undefined) return 'shell';
  const { kind, ...rest } = objectOf(task);
  switch (kind) {
    case 'command':
      return 'program' in rest ? 'program' : 'shell';
    case undefined:
      return 'shell';
    case 'script':
    case 'http':
      return kind;
    case 'llm':
      return 'model';
    default:
      return null;
  }
}

export function startsProcess(kind: DraftKind | null): boolean {
  return kind === 'shell' || kind === 'program' || kind === 'script';
}

/**
 * The task as one of another kind: directory, environment and standard input come along.
 * @param earlier what the task was when it last had that kind
 */
export function taskAs(kind: DraftKind, task: unknown, earlier?: unknown): JsonObject {
  const base = isObject(earlier) && kindOf(earlier) === kind ? earlier : EMPTY[kind];
  if (!startsProcess(kind) || !startsProcess(kindOf(task))) return base;
  const { cwd: _cwd, env: _env, stdin: _stdin, ...own } = base;
  const shared = Object.entries(objectOf(task)).filter(([key]) => ['cwd', 'env', 'stdin'].includes(key));
  return { ...own, ...Object.fromEntries(shared) };
}

/** A task that lacks its kind gets it: it was begun in the JSON, or by the form on a record from elsewhere. */
export function withKind(task: unknown): JsonObject {
  const kind = kindOf(task);
  return isObject(task) && task.kind !== undefined ? task : { ...EMPTY[kind ?? 'shell'], ...objectOf(task) };
}
