/** The commands, their options and their help. */
import { parseArgs } from 'node:util';
import { AppError } from '#shared/app-error.ts';

export const HELP = `Jobdeck runs batch jobs on this machine.

Usage:
  jobdeck run FILE... [--data DIR] [--out FILE] [--slots N] [--quiet]
  jobdeck resume --data DIR [--out FILE] [--slots N] [--quiet]
  jobdeck validate FILE...
  jobdeck schema [--metadata]
  jobdeck help | --help | --version

FILE holds one document, a list of them, or one a line (NDJSON); - is standard input.

run       Runs the documents with status created or pending and prints each finished one as a line of
          NDJSON. Exit code 0: all completed; 1: some did not; 2: bad usage or an invalid document,
          and nothing was run.
resume    Finishes what a run that was stopped or killed left in DIR. Same output.
validate  Prints a line for each document: valid or not, what is wrong, what an import would repair.
          Exit code 0: all valid; 1: some are not; 2: bad usage.
schema    Prints the JSON Schema of a document; with --metadata, that of its metadata.jobdeck.

  --data DIR   keep jobs and their output in DIR, to resume or look at later; else a temporary
               folder is used and removed at the end
  --out FILE   write finished documents to FILE (resume adds to it) instead of standard output
  --slots N    run at most N jobs at a time; one for each core where absent
  --quiet      no progress and no notes, only errors
`;

export interface RunOptions {
  files: string[];
  data: string | null;
  out: string | null;
  slots: number | null;
  quiet: boolean;
}

export type Command =
  | { name: 'run' | 'resume'; options: RunOptions }
  | { name: 'validate'; files: string[] }
  | { name: 'schema'; metadata: boolean }
  | { name: 'help' | 'version' };

/**
 * What a command line asks for.
 * @param argv without the executable and the script
 * @throws AppError `bad-request`
 */
export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  switch (name) {
    case 'run':
    case 'resume':
      return { name, options: runOptions(name, rest) };
    case 'validate':
      return { name, files: filesOf(parsed(name, rest, {}).positionals, name) };
    case 'schema': {
      const { values, positionals } = parsed(name, rest, { metadata: { type: 'boolean' } });
      nothingMore(positionals, name);
      return { name, metadata: values.metadata === true };
    }
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    case '--version':
      return { name: 'version' };
    case undefined:
      throw usageError('Expected a command: run, resume, validate, schema or help.');
    default:
      throw usageError(
        `Expected a command (run, resume, validate, schema, help), got ${JSON.stringify(name)}.`,
      );
  }
}

function runOptions(name: 'run' | 'resume', args: string[]): RunOptions {
  const { values, positionals } = parsed(name, args, {
    data: { type: 'string' },
    out: { type: 'string' },
    slots: { type: 'string' },
    quiet: { type: 'boolean' },
  });
  if (name === 'resume') {
    nothingMore(positionals, name);
    if (values.data === undefined) throw usageError('Expected --data DIR: the folder of the run to resume.');
  }
  for (const option of ['data', 'out'] as const) {
    if (values[option] === '') throw usageError(`Expected a path after --${option}, got nothing.`);
  }
  return {
    files: name === 'run' ? filesOf(positionals, name) : [],
    data: text(values.data),
    out: text(values.out),
    slots: slotsOf(text(values.slots)),
    quiet: values.quiet === true,
  };
}

function parsed(name: string, args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw usageError(`${name}: ${reason}.`);
  }
}

function filesOf(positionals: string[], name: string): string[] {
  if (positionals.length === 0)
    throw usageError(`${name}: Expected at least one FILE, or - for standard input.`);
  if (positionals.filter((file) => file === '-').length > 1) {
    throw usageError(`${name}: Expected - at most once: standard input can be read once.`);
  }
  return positionals;
}

function nothingMore(positionals: string[], name: string): void {
  const [first] = positionals;
  if (first !== undefined) throw usageError(`${name}: Expected only options, got ${JSON.stringify(first)}.`);
}

function slotsOf(value: string | null): number | null {
  if (value === null) return null;
  const slots = Number(value);
  if (/^\d+$/u.test(value) && slots >= 1 && slots <= 1024) return slots;
  throw usageError(`Expected a whole number from 1 to 1024 after --slots, got ${JSON.stringify(value)}.`);
}

function text(value: string | boolean | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function usageError(message: string): AppError {
  return new AppError('bad-request', message);
}
