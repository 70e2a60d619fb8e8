/** Why a program could not be started, as a sentence that names what is wrong and what to do. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { JobError } from '#shared/job/error-codes.ts';
import type { Launch } from './launch.ts';
import { hasCode } from './system-error.ts';

export interface SpawnFailure {
  stage: 'files' | 'spawn';
  /** The system's name of the error, '' where it has none. */
  errno: string;
  message: string;
}

type Started = Pick<Launch, 'role' | 'file' | 'cwd' | 'env'>;

/** The system says "not found" of a program, of its directory and of its interpreter alike: this looks which. */
export async function explainSpawnFailure(failure: SpawnFailure, launch: Started): Promise<JobError> {
  if (isFull(failure.errno)) return diskFull(failure.message);
  if (failure.stage === 'files') return spawnError(`The output files could not be made: ${failure.message}.`);
  return spawnError(
    (await problemWithDirectory(launch.cwd)) ??
      (await problemWithProgram(failure, launch)) ??
      `The ${launch.role} "${launch.file}" could not be started: ${failure.message}.`,
  );
}

/** The same for an attempt's folder that could not be made. */
export function explainFolderFailure(error: unknown, directory: string): JobError {
  const message = error instanceof Error ? error.message : String(error);
  if (hasCode(error, ...FULL)) return diskFull(message);
  return spawnError(`The folder for the output, "${directory}", could not be made: ${message}.`);
}

/** The same for output that passed through Jobdeck and could not be kept. */
export function explainOutputFailure({ errno, message }: Pick<SpawnFailure, 'errno' | 'message'>): JobError {
  if (isFull(errno)) return diskFull(message);
  return spawnError(`The output could not be written: ${message}. What was written before is kept.`);
}

/** What `error` is where the disk turned out to be full when the program failed. */
export function explainFullDisk(error: JobError): JobError {
  return {
    code: 'disk-full',
    message: `${error.message} The disk that holds its output is full. Free some space and run the job again.`,
  };
}

const FULL = ['ENOSPC', 'EDQUOT'];
const isFull = (errno: string) => FULL.includes(errno);
const spawnError = (message: string): JobError => ({ code: 'spawn', message });
const diskFull = (message: string): JobError => ({
  code: 'disk-full',
  message: `The disk that holds the output is full: ${message}. Free some space and run the job again.`,
});

async function problemWithDirectory(cwd: string): Promise<string | null> {
  try {
    if (!(await stat(cwd)).isDirectory()) {
      return `The working directory "${cwd}" is not a directory. Change the task's cwd.`;
    }
    await access(cwd, constants.X_OK);
    return null;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) {
      return `The working directory "${cwd}" does not exist. Make it, or change the task's cwd.`;
    }
    return `The working directory "${cwd}" can't be entered: permission denied.`;
  }
}

async function problemWithProgram(failure: SpawnFailure, launch: Started): Promise<string | null> {
  const { role, file, cwd } = launch;
  switch (failure.errno) {
    case 'ENOENT':
      return /[/\\]/.test(file) ? missingFile(role, file, cwd) : notOnPath(launch);
    case 'ENOTDIR':
      return `The ${role} "${file}" does not exist: a part of its path is not a directory.`;
    case 'EACCES':
    case 'EPERM':
      return `The ${role} "${file}" may not be executed. Check that it is a file and executable (chmod +x).`;
    case 'ENOEXEC':
      return `The ${role} "${file}" is not a program that this system can execute.`;
    case 'EINVAL':
      // Node refuses these without a shell: their arguments can't be quoted safely (CVE-2024-27980).
      return /\.(bat|cmd)$/i.test(file)
        ? `"${file}" is a batch file, which only a shell can start. Write it as a shell line.`
        : null;
    case 'E2BIG':
      return 'The arguments and the environment are longer than this system allows. Pass the data in stdin or in a file.';
    case 'EAGAIN':
    case 'ENOMEM':
    case 'EMFILE':
    case 'ENFILE':
      return `The system has no room for another process (${failure.errno}). Run fewer jobs at a time, or raise the system's limit.`;
    default:
      return null;
  }
}

async function missingFile(role: string, file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  try {
    await access(path);
  } catch {
    return `The ${role} "${path}" does not exist. Check the path.`;
  }
  return `The ${role} "${path}" is there, but the interpreter that its first line names, or its loader, is not.`;
}

function notOnPath({ role, file, env }: Started): string {
  const path = env.PATH ?? process.env.PATH ?? '';
  const hint = /\s/.test(file) ? ` A ${role} is one name or path, without arguments.` : '';
  return `The ${role} "${file}" was not found in any folder of PATH (${path}). Install it, or give its whole path.${hint}`;
}
