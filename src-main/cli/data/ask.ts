/** Has something done in a data directory: by the process that has it open, or here. */
import { AppError } from '#shared/app-error.ts';
import { askOwner } from '../../adapters/control/ask-owner.ts';
import {
  type ControlReport,
  type ControlRequest,
  parseControlRequest,
} from '../../adapters/control/control-request.ts';
import { hasOwner } from '../../adapters/control/data-owner.ts';
import { performRequest } from '../../adapters/control/perform-request.ts';
import type { WorkspaceOptions } from '../../adapters/workspace-types.ts';
import type { CliContext } from '../cli-types.ts';
import { openDirectory } from '../run/run-directory.ts';

/** How often it begins again where an owner came or went in between. */
const TRIES = 3;

export interface AskOptions {
  /** Awaited before the directory is closed again, for what goes on while it is open. */
  afterwards?: (report: ControlReport) => Promise<void>;
  /** How this process opens it, where nobody has. */
  opening?: Partial<WorkspaceOptions>;
}

/**
 * Resolves once it is durable. Where nobody has the directory open, this process opens it and starts no job.
 * @throws AppError
 */
export async function ask(
  directory: string,
  request: ControlRequest,
  context: CliContext,
  options: AskOptions = {},
): Promise<ControlReport> {
  // The same whether another process does it, which looks for itself, or this one.
  parseControlRequest(request);
  for (let left = TRIES; ; left--) {
    const report = hasOwner(directory) ? await askOwner(directory, request) : null;
    if (report !== null) {
      await options.afterwards?.(report);
      return report;
    }
    try {
      return await performHere(directory, request, context, options);
    } catch (error) {
      const cameAnOwner = error instanceof AppError && error.code === 'data-in-use';
      if (!cameAnOwner || left === 1) throw error;
    }
  }
}

async function performHere(
  directory: string,
  request: ControlRequest,
  context: CliContext,
  { afterwards, opening }: AskOptions,
): Promise<ControlReport> {
  const workspace = await openDirectory(context, directory, opening);
  try {
    const { runner } = workspace;
    if (request.kind === 'cancel' || request.kind === 'callback-send') {
      // A runner knows what waits in the journal, and sends, once it was started; what a crash interrupted is settled
      // first.
      runner.hold('finishing', 'This command starts no jobs.');
      await runner.start();
    }
    const report = await performRequest(runner, request);
    await afterwards?.(report);
    return report;
  } finally {
    await workspace.close();
  }
}
