/** A command of the command line: its words, its arguments, and what it does. */
import type { CliContext } from './cli-types.ts';

export interface CliCommand {
  name: string;
  /** One line for the list of all commands. */
  summary: string;
  /** What `help NAME` prints. */
  help: string;
  /** What the arguments ask for. Throws as `prepare` does. */
  parse(args: string[]): unknown;
  /**
   * Reads the arguments after the name. What it gives does the work, and resolves with the exit code.
   * @throws AppError `bad-request`
   */
  prepare(args: string[]): (context: CliContext) => Promise<number>;
}

interface CommandParts<O> extends Pick<CliCommand, 'name' | 'summary' | 'help'> {
  parse(args: string[]): O;
  run(options: O, context: CliContext): Promise<number>;
}

export function command<O>(parts: CommandParts<O>): CliCommand {
  return {
    ...parts,
    prepare(args) {
      const options = parts.parse(args);
      return (context) => parts.run(options, context);
    },
  };
}
