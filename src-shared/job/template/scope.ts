/** What fills a task's placeholders. */
import type { JobError } from '../error-codes.ts';
import type { Task } from '../tasks.ts';

export interface TemplateScope {
  /** Null for a job without items: only secrets are placeholders then, `{{item}}` is literal text. */
  item: { index: number; value: unknown } | null;
  /** Undefined where there is no such secret; null keeps the placeholder as it is, for a preview. */
  secret: (name: string) => string | undefined | null;
  /** The shell that a shell line is for: values are quoted for `posix`, and refused in a line for `cmd`. */
  shell: 'posix' | 'cmd';
}

/** `secrets`: the names of those that were filled in, each once. */
export type Expansion = { task: Task; secrets: string[] } | { error: JobError };
