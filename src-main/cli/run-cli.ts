/** Answers a command line. The packaged desktop application answers the same ones through this function. */
import { AppError } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { usageError } from './arguments.ts';
import { type CliContext, EXIT } from './cli-types.ts';
import type { CliCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { overview } from './help.ts';
import { ReaderGone, writeOut } from './lines.ts';

/**
 * Gives the exit code once everything is written and nothing runs any more. Never rejects.
 * @param argv without the executable and the script
 */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  const { stdout, stderr } = context.io;
  // A stream whose reader went away also emits its error, which the write has told already.
  const ignore = () => {};
  stdout.on('error', ignore);
  stderr.on('error', ignore);
  try {
    const work = prepared(argv, context);
    return work === null ? EXIT.usage : await work(context);
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.pipe;
    stderr.write(`${toErrorValue(error).message}\n`);
    return error instanceof AppError ? EXIT.usage : EXIT.some;
  }
}

function prepared(argv: readonly string[], { io }: CliContext): ReturnType<CliCommand['prepare']> | null {
  const [name, ...args] = argv;
  try {
    return workOf(name, args);
  } catch (error) {
    const topic = COMMANDS.some((command) => command.name === name) ? `help ${name}` : 'help';
    io.stderr.write(`${toErrorValue(error).message}\n"${topic}" says what is expected.\n`);
    return null;
  }
}

function workOf(name: string | undefined, args: string[]): ReturnType<CliCommand['prepare']> {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) {
    return asksForHelp(args) ? printing(command.help) : command.prepare(args);
  }
  switch (name) {
    case '--help':
    case '-h':
      return printing(overview());
    case 'help':
      return printing(helpOn(args));
    case '--version':
      return async (context) => printing(`${context.version}\n`)(context);
    default: {
      const names = COMMANDS.map((candidate) => candidate.name).join(', ');
      const got = name === undefined ? '' : `, got ${JSON.stringify(name)}`;
      throw usageError(`Expected a command (${names} or help)${got}.`);
    }
  }
}

/** Before `--` alone: after it comes a file's name. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((argument) => argument === '--help' || argument === '-h');
}

function helpOn([topic]: string[]): string {
  if (topic === undefined) return overview();
  const command = COMMANDS.find(({ name }) => name === topic);
  if (command === undefined)
    throw usageError(`Expected the name of a command, got ${JSON.stringify(topic)}.`);
  return command.help;
}

function printing(text: string): ReturnType<CliCommand['prepare']> {
  return async ({ io }) => {
    await writeOut(io.stdout, text);
    return EXIT.ok;
  };
}
