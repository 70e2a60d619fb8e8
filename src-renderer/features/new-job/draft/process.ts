/** What starts a process: a shell line, a program, a script. */
import { type Fields, inTask, requiredText, text, textMap, texts } from './fields.ts';

export interface ProcessForm {
  cwd: string;
  env: Record<string, string>;
  stdin: string;
}

export const PROCESS_FIELDS: Fields<ProcessForm> = {
  cwd: inTask('cwd', text),
  env: inTask('env', textMap),
  stdin: inTask('stdin', text),
};

export interface ShellForm {
  shell: string;
}

export const SHELL_FIELDS: Fields<ShellForm> = { shell: inTask('shell', requiredText) };

export interface ProgramForm {
  program: string;
  args: string[];
}

export const PROGRAM_FIELDS: Fields<ProgramForm> = {
  program: inTask('program', requiredText),
  args: inTask('args', texts),
};

export interface ScriptForm {
  interpreter: string;
  source: string;
}

export const SCRIPT_FIELDS: Fields<ScriptForm> = {
  interpreter: inTask('interpreter', requiredText),
  source: inTask('source', requiredText),
};
