/** A data directory that is open: the runner over its journal, its output files and its settings. */
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type {
  CallbackKeyKind,
  CallbackKeyList,
  CallbackKeyMade,
  CallbackPreview,
} from '#shared/contract/callbacks.ts';
import type { OutputChunk, OutputRef, OutputRequest } from '#shared/contract/output.ts';
import type { AgentId, ModelProfile, SecretBackend } from '#shared/contract/profiles.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Cron, DeliveryStore, ItemSource, ItemStore } from '../core/ports.ts';
import type { Runner } from '../core/runner-types.ts';

export interface WorkspaceOptions {
  /** Absolute; made where it does not exist, readable by its owner alone. */
  dataDirectory: string;
  /** Overrides the slots of the settings. */
  slots?: number;
  inBackground: () => boolean;
  /** Starts the spawn helper: a utility process in Electron, a child process under plain Node. */
  startSpawnHelper: StartSpawnHelper;
  /** Goes into the User-Agent of callbacks and requests. */
  version: string;
  /** Where absent, secrets are kept as they are in a file for its owner alone, as the command line does. */
  secretCipher?: SecretCipher;
  /** Ended jobs stay in the journal after they were acknowledged: where no history keeps them. */
  keepsEnded?: boolean;
  /** Secrets for this process alone: before those that are kept. */
  givenSecrets?: ReadonlyMap<string, string>;
  /** Signs every callback of this process, before the keys that are kept: `whsec_...` or `whsk_...`. */
  givenCallbackSecret?: string;
  /** For callbacks, requests and model calls; none are used where absent. */
  proxyFor?: ProxyFor;
  /** The wait before each attempt of a callback in this process, milliseconds; overrides the settings. */
  callbackSchedule?: readonly number[];
}

/** The keys that callbacks are signed with. A secret leaves it for the sender, and once for who made it. */
export interface CallbackKeyStore {
  list(): CallbackKeyList;
  /**
   * Makes a key, or replaces the one of that scope and kind. Durable on return, as `rotate` and `remove`.
   * @param key a null secret is made here
   * @throws AppError `bad-request` where scope or secret is none
   */
  save(key: { scope: string; kind: CallbackKeyKind; secret: string | null }): CallbackKeyMade;
  /** @throws AppError `not-found`, `bad-request` */
  rotate(id: string, secret: string | null): CallbackKeyMade;
  remove(id: string): void;
}

/** The proxy that a request to a URL goes through, `http://proxy.example.org:3128`; null for none. */
export type ProxyFor = (url: URL) => Promise<string | null>;

/** Secrets by name. A value leaves it for the executors alone. */
export interface SecretStore {
  readonly backend: SecretBackend;
  names(): string[];
  get(name: string): string | undefined;
  /** Durable on return. */
  save(name: string, value: string): void;
  remove(name: string): void;
}

/** Saved model profiles. */
export interface ProfileStore {
  list(): ModelProfile[];
  get(id: string): ModelProfile | undefined;
  /** Durable on return. */
  save(profile: ModelProfile): void;
  remove(id: AgentId): void;
}

/** Turns a secret's value into what may be kept in a file, and back: `safeStorage` in the desktop application. */
export interface SecretCipher {
  readonly backend: SecretBackend;
  encrypt(value: string): string;
  /** @throws where it was made with another key */
  decrypt(kept: string): string;
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
  /** What became of the items of batches. */
  readonly items: Pick<ItemStore, 'page' | 'counts' | 'isLoaded' | 'find'>;
  /** Told of each item that ran and came to its end, once that is durable. */
  onItemEnded(listener: (jobId: JobId, record: ItemRecord) => void): Disposer;
  /** The newest record of a job that the journal has, active or ended. */
  findJob(id: JobId): BatchJob | undefined;
  readonly itemSource: ItemSource;
  readonly cron: Cron;
  readonly secrets: SecretStore;
  readonly profiles: ProfileStore;
  /** What was sent and is to be sent; it is changed through `runner.callbacks` alone. */
  readonly deliveries: Pick<DeliveryStore, 'find' | 'body' | 'ofJob' | 'page' | 'counts'>;
  readonly callbackKeys: CallbackKeyStore;
  /**
   * What is sent for a delivery, signed as it would be now.
   * @throws AppError `not-found`
   */
  previewCallback(id: DeliveryId): Promise<CallbackPreview>;
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
