/** A data directory that is open: the runner over its journal, its output files and its settings. */
import type { OutputChunk, OutputRef, OutputRequest } from '#shared/contract/channels.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Runner } from '../core/runner-types.ts';

export interface WorkspaceOptions {
  /** Absolute; made where it does not exist, readable by its owner alone. */
  dataDirectory: string;
  /** Overrides the slots of the settings. */
  slots?: number;
  inBackground: () => boolean;
  /** Starts the spawn helper: a utility process in Electron, a child process under plain Node. */
  startSpawnHelper: StartSpawnHelper;
  /** Goes into the callback's User-Agent. */
  version: string;
}

/** The other end of the spawn helper, wherever it runs. Messages are plain JSON values. */
export interface SpawnHelperPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}
export type StartSpawnHelper = () => SpawnHelperPort;

export interface Workspace {
  readonly dataDirectory: string;
  readonly profileId: string;
  readonly runner: Runner;
  readOutput(request: OutputRequest): Promise<OutputChunk>;
  /** The absolute path of an output file that exists, or null. */
  outputPath(ref: OutputRef): Promise<string | null>;
  readSettings(): Settings;
  /** Durable on return; `slots` takes effect at once. */
  writeSettings(patch: Partial<Settings>): Settings;
  /** Stops the runner and closes the journal. */
  close(): Promise<void>;
}

/**
 * Opens a data directory.
 * @throws AppError `data-in-use` where another Jobdeck has it open
 */
export type OpenWorkspace = (options: WorkspaceOptions) => Promise<Workspace>;
