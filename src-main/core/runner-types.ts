/** The runner as its users see it: the desktop shell and the command line. */

import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { CallbackSend, CallbackSendReport } from '#shared/contract/callbacks.ts';
import type { QueuePlace, SubmitResponse, SwitchResponse } from '#shared/contract/jobs.ts';
import type {
  KnownDeliveries,
  OutboxCursor,
  PullRequest,
  PullResponse,
  SnapshotPage,
} from '#shared/contract/outbox.ts';
import type { HoldReason, JobProgress, QueueSettings, RunnerStatus } from '#shared/contract/runner-state.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { EndedDependency } from '#shared/job/jobdeck-metadata.ts';

export interface RunnerOptions {
  slots: number;
  /** The local profile, recorded as the one who changed a record. */
  profileId: string;
  /** True while no window is open: recorded when an attempt starts. */
  inBackground: () => boolean;
  /** A sentence for the status where an adapter found something damaged, null where all is well. */
  adapterProblem?: () => string | null;
  /** Read anew whenever they count: a change takes effect with the next attempt. */
  callbackSettings: () => CallbackSettings;
  /** Where a saved model profile leads; null where there is none of that id. */
  profileAddress?: (agentId: string) => string | null;
}

export type CallbackSettings = Pick<
  Settings,
  'callbackEnds' | 'callbackItems' | 'callbackScheduleMs' | 'callbacksAtATime' | 'callbacksPerHost'
>;

/** The callbacks of the runner's jobs, and of jobs it no longer has. */
export interface Callbacks {
  /** Answers once all that it took is durable and due; it is sent at once, before what else waits for its host. */
  send(sends: readonly CallbackSend[]): Promise<CallbackSendReport>;
  /** Gives up open deliveries; answers with those that were open, once that is durable. */
  stop(ids: readonly DeliveryId[]): Promise<DeliveryId[]>;
  /** Lets callbacks go to an origin on this machine or in its network; those held for it are due again. */
  allow(origins: readonly string[]): Promise<void>;
  /** The settings were changed. */
  look(): void;
  /** Resolves when no delivery is due, or at the end of `stop`. */
  settled(): Promise<void>;
}

export interface RecoveryReport {
  /** Attempts that a crash interrupted and that were marked failed. */
  failed: JobId[];
  /** Attempts that a crash interrupted and that run again. */
  requeued: JobId[];
  /** Jobs that were still waiting. */
  waiting: JobId[];
}

export interface Runner {
  /** Recovers what a crash left, then begins to start jobs and to send callbacks. */
  start(): Promise<RecoveryReport>;
  /**
   * Takes jobs over. Answers when all that it accepted are durable; a job it already knows is accepted again.
   * @param ended what jobs that these wait for came to, where the runner no longer knows
   */
  submit(jobs: readonly BatchJob[], ended?: readonly EndedDependency[]): Promise<SubmitResponse>;
  /** Cancels what is pending and asks what is running to end. */
  cancel(ids: readonly JobId[]): Promise<{ requested: JobId[]; unknown: JobId[] }>;
  /** Drops ended jobs; refuses those that are still active. Gives the ids that were refused. */
  forget(ids: readonly JobId[]): Promise<JobId[]>;
  setSlots(slots: number): void;
  suspend(ids: readonly JobId[]): Promise<SwitchResponse>;
  resume(ids: readonly JobId[]): Promise<SwitchResponse>;
  /**
   * Puts a waiting job to another place of its queue.
   * @throws AppError `not-found` or `conflict`
   */
  move(id: JobId, to: QueuePlace): Promise<void>;
  /** Of the active ones among `ids`. */
  progress(ids: readonly JobId[]): JobProgress[];
  saveQueue(queue: QueueSettings): void;
  /** @throws AppError `conflict` where the queue has jobs */
  removeQueue(name: string): void;
  /** Holds starts back for a reason from outside, or lets them go on: null ends the hold. */
  hold(reason: HoldReason, message: string | null): void;
  /** The machine woke up, or its clock was changed: looks at everything that waits for a time. */
  wake(): void;
  /** Starts nothing more and hands out no more items; resolves when what runs has ended. What waits stays pending. */
  finish(): Promise<void>;
  status(): RunnerStatus;
  outbox: Outbox;
  callbacks: Callbacks;
  /** Called after each durable commit, with its events in order. */
  onEvents(listener: (events: readonly JobEvent[]) => void): Disposer;
  onStatus(listener: (status: RunnerStatus) => void): Disposer;
  /** Resolves when nothing is pending or running and every callback had its first attempt, or at the end of `stop`. */
  idle(): Promise<void>;
  /** Ends running attempts as an interruption (`on_interrupt` says what that means), then stops. Durable on return. */
  stop(): Promise<void>;
}

export interface Outbox {
  pull(request: PullRequest): PullResponse;
  acknowledge(cursor: OutboxCursor): void;
  snapshot(after: JobId | null, limit: number): SnapshotPage;
  /** Those of these that are known. */
  deliveries(ids: readonly DeliveryId[]): KnownDeliveries;
}
