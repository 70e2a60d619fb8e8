/** What the command line needs of the world around it. */
import type { Writable } from 'node:stream';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { OpenWorkspace, SecretCipher, StartSpawnHelper } from '../adapters/workspace-types.ts';

export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

export interface CliIo {
  stdin: AsyncIterable<Uint8Array> & { destroy?(): unknown };
  stdout: Writable;
  stderr: Writable;
  /** Progress is drawn where somebody sees it, and told in plain lines elsewhere. */
  stderrIsTerminal: boolean;
  /** What relative paths are relative to; absolute. */
  cwd: string;
  /** Calls `listener` when the user or the system asks the command to stop. */
  onSignal(listener: (signal: StopSignal) => void): Disposer;
}

export interface CliContext {
  io: CliIo;
  openWorkspace: OpenWorkspace;
  startSpawnHelper: StartSpawnHelper;
  /** Asked for when a data directory is opened; where absent, secrets are in a file for its owner alone. */
  secretCipher?: () => SecretCipher | undefined;
  version: string;
}

/** What a command answers with: the process's exit code. */
export const EXIT = {
  /** Everything asked for was done: all jobs completed, all documents are valid. */
  ok: 0,
  /** Some was not. */
  some: 1,
  /** Bad usage or an invalid document: nothing was done. */
  usage: 2,
  /** Stopped by a signal. */
  stopped: 130,
  /** The reader of the output went away. */
  pipe: 141,
} as const;
