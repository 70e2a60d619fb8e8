/** From a task to what is started: program, arguments, directory, environment, files. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { JobId } from '#shared/job/job-id.ts';
import type { CommandTask, ScriptTask } from '#shared/job/tasks.ts';
import { MARKER_VARIABLE } from './child-environment.ts';
import { interpreterOf } from './interpreters.ts';

export interface Launch {
  /** What `file` is to the person who wrote the task, for sentences. */
  role: 'program' | 'shell' | 'interpreter';
  file: string;
  args: string[];
  verbatimArguments: boolean;
  cwd: string;
  env: Record<string, string>;
  /** Files that the attempt's folder must hold before the start, name to text. */
  files: Record<string, string>;
  stdinPath: string | null;
}

export interface LaunchContext {
  jobId: JobId;
  attempt: number;
  /** The attempt's folder. */
  directory: string;
  marker: string;
  platform?: NodeJS.Platform;
  homeDirectory?: string;
}

type Start = Pick<Launch, 'role' | 'file' | 'args' | 'verbatimArguments' | 'files'>;

/** A relative `cwd` begins at the home directory: a job means the same wherever Jobdeck was started. */
export function launchOf(task: CommandTask | ScriptTask, context: LaunchContext): Launch {
  const { jobId, attempt, directory, marker, platform = process.platform } = context;
  const home = context.homeDirectory ?? homedir();
  const start = task.kind === 'script' ? scriptStart(task, directory) : commandStart(task, platform);
  const hasStdin = task.stdin !== undefined && task.stdin !== '';
  return {
    ...start,
    cwd: task.cwd === undefined ? home : resolve(home, task.cwd),
    env: {
      ...task.env,
      // The schema lets an id end in anything; a variable ends at its first NUL.
      JOBDECK_JOB_ID: jobId.replaceAll('\0', '\uFFFD'),
      JOBDECK_ATTEMPT: String(attempt),
      [MARKER_VARIABLE]: marker,
    },
    files: hasStdin ? { ...start.files, stdin: task.stdin ?? '' } : start.files,
    stdinPath: hasStdin ? join(directory, 'stdin') : null,
  };
}

function commandStart(task: CommandTask, platform: NodeJS.Platform): Start {
  if (!('shell' in task)) {
    const { program, args = [] } = task;
    return { role: 'program', file: program, args, verbatimArguments: false, files: {} };
  }
  if (platform === 'win32') {
    return {
      role: 'shell',
      file: process.env.ComSpec ?? 'cmd.exe',
      // /s: cmd takes off the outer quotes and nothing else, so the line arrives as it was written.
      args: ['/d', '/s', '/c', `"${task.shell}"`],
      verbatimArguments: true,
      files: {},
    };
  }
  return { role: 'shell', file: '/bin/sh', args: ['-c', task.shell], verbatimArguments: false, files: {} };
}

function scriptStart(task: ScriptTask, directory: string): Start {
  const { extension, before } = interpreterOf(task.interpreter);
  const name = `script${extension}`;
  const files: Record<string, string> = { [name]: task.source };
  // Node asks the nearest package.json what a .js file is; one above the data directory has no say in it.
  if (extension === '.js') files['package.json'] = '{}';
  return {
    role: 'interpreter',
    file: task.interpreter,
    args: [...before, join(directory, name)],
    verbatimArguments: false,
    files,
  };
}
