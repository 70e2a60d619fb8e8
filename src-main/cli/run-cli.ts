/** Answers a command line. The packaged desktop application answers the same ones through this function. */
import { AppError, assertNever } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { PUBLISHED_JOB_SCHEMA, PUBLISHED_METADATA_SCHEMA } from '../adapters/validators/index.ts';
import { type CliContext, EXIT } from './cli-types.ts';
import { ReaderGone, writeText } from './lines.ts';
import { resumeJobs, runJobs } from './run-command.ts';
import { type Command, HELP, parseCommand } from './usage.ts';
import { validateFiles } from './validate-command.ts';

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
    const command = parsedCommand(argv, context);
    return command === null ? EXIT.usage : await answer(command, context);
  } catch (error) {
    if (error instanceof ReaderGone) return EXIT.pipe;
    stderr.write(`${toErrorValue(error).message}\n`);
    return error instanceof AppError ? EXIT.usage : EXIT.some;
  }
}

function parsedCommand(argv: readonly string[], { io }: CliContext): Command | null {
  try {
    return parseCommand(argv);
  } catch (error) {
    io.stderr.write(`${toErrorValue(error).message}\n"help" lists the commands and their options.\n`);
    return null;
  }
}

async function answer(command: Command, context: CliContext): Promise<number> {
  const { stdout } = context.io;
  switch (command.name) {
    case 'run':
      return runJobs(command.options, context);
    case 'resume':
      return resumeJobs(command.options, context);
    case 'validate':
      return validateFiles(command.files, context);
    case 'schema': {
      const schema = command.metadata ? PUBLISHED_METADATA_SCHEMA : PUBLISHED_JOB_SCHEMA;
      await writeText(stdout, `${JSON.stringify(schema, null, 2)}\n`);
      return EXIT.ok;
    }
    case 'help':
      await writeText(stdout, HELP);
      return EXIT.ok;
    case 'version':
      await writeText(stdout, `${context.version}\n`);
      return EXIT.ok;
    default:
      return assertNever(command);
  }
}
