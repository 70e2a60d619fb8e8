/** Tells a command line (`jobdeck run file.json`) from a start of the window, and from one that opens files. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Those of `src-main/cli/commands.ts`, which the shell does not import; a test holds the two against each other. */
const COMMANDS: ReadonlySet<string> = new Set([
  'run',
  'resume',
  'add',
  'list',
  'show',
  'log',
  'cancel',
  'retry-failed',
  'suspend',
  'continue',
  'queue',
  'callbacks',
  'listen',
  'openai-batch',
  'validate',
  'convert',
  'diff',
  'schema',
  'help',
]);
const OPTIONS_THAT_ANSWER: ReadonlySet<string> = new Set(['--help', '-h', '--version']);

/**
 * The arguments for the command line, or null where the window is asked for. Switches of Electron, Chromium or
 * Node before the command (`--no-sandbox`, `--inspect`, macOS's `-psn_...`) are not ours and are passed over.
 * @param argv `process.argv`: the executable, then, unless packaged, the application's path among the switches
 */
export function commandLineOf(argv: readonly string[], isPackaged: boolean): string[] | null {
  const own = ownArguments(argv, isPackaged);
  const start = own.findIndex((argument) => !argument.startsWith('-') || OPTIONS_THAT_ANSWER.has(argument));
  const first = own[start];
  if (first === undefined) return null;
  return COMMANDS.has(first) || OPTIONS_THAT_ANSWER.has(first) ? own.slice(start) : null;
}

/**
 * The files that a start of the window is to open, absolute: its arguments that are no switches, as paths or `file:` URLs,
 * of which Linux desktops have both.
 * @param appPath of the application that the electron command was started with; null where it is packaged
 */
export function filesOfCommandLine(
  argv: readonly string[],
  appPath: string | null,
  workingDirectory: string,
): string[] {
  const pathOf = (argument: string) => pathOfArgument(argument, workingDirectory);
  // What stands before it is for Electron, values of its switches among it (`-r loader.js`).
  const start = appPath === null ? 0 : argv.findLastIndex((argument) => pathOf(argument) === appPath);
  return argv
    .slice(Math.max(start, 0) + 1)
    .filter((argument) => !argument.startsWith('-'))
    .map(pathOf);
}

function pathOfArgument(argument: string, workingDirectory: string): string {
  try {
    if (argument.startsWith('file:')) return fileURLToPath(argument);
  } catch {
    // The URL of a file elsewhere: that there is no such path here is said when it is opened.
  }
  return resolve(workingDirectory, argument);
}

function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const given = argv.slice(1);
  return isPackaged ? given : given.slice(given.findIndex((argument) => !argument.startsWith('-')) + 1);
}
