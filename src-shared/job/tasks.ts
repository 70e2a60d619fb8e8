/** What a job does: `metadata.jobdeck.task`, one of four kinds. */

export const TASK_KINDS = ['command', 'script', 'http', 'llm'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

interface ProcessTask {
  /** Working directory; the user's home directory where absent. */
  cwd?: string;
  /** Added to the environment that Jobdeck itself has. */
  env?: Record<string, string>;
  /** Text for standard input; standard input is empty where absent. */
  stdin?: string;
}

/** A program with arguments: no shell, nothing is expanded. */
export interface ProgramTask extends ProcessTask {
  kind: 'command';
  program: string;
  args?: string[];
}

/** One line for the system's shell: `/bin/sh -c`, or `cmd.exe /d /s /c` on Windows. */
export interface ShellTask extends ProcessTask {
  kind: 'command';
  shell: string;
}

export type CommandTask = ProgramTask | ShellTask;

/** Source text for an interpreter that is looked up on PATH. */
export interface ScriptTask extends ProcessTask {
  kind: 'script';
  interpreter: string;
  source: string;
}

export interface HttpTask {
  kind: 'http';
  method?: string;
  url: string;
  headers?: Record<string, string>;
  /** A string is sent as it is, any other value as JSON. */
  body?: unknown;
  /** Which answers count as success: codes ("204") or classes ("2xx"); "2xx" where absent. */
  expect?: { status?: string[] };
  /** How many redirects are followed; none where absent. */
  max_redirects?: number;
  /** A longer answer fails the attempt with `too-large`; 64 MiB where absent. Bytes. */
  max_response_bytes?: number;
}

export const LLM_ENDPOINTS = ['chat/completions', 'completions', 'responses', 'embeddings'] as const;

export interface LlmTask {
  kind: 'llm';
  endpoint: (typeof LLM_ENDPOINTS)[number];
  /** Where absent, that of the saved profile that the record's `agent_id` names. */
  base_url?: string;
  /** Instead of the one that the request or the profile names. */
  model?: string;
  /** The request's body, or a template that is one whole placeholder, such as `{{item.body}}`. */
  request: Record<string, unknown> | string;
  /** False: the answer comes as a whole. Where absent, endpoints that can stream do. */
  stream?: boolean;
}

export type Task = CommandTask | ScriptTask | HttpTask | LlmTask;

/** True for the tasks that start a process on this machine. */
export function isProcessTask(task: Task): task is CommandTask | ScriptTask {
  return task.kind === 'command' || task.kind === 'script';
}
