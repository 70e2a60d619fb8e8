/** The main process in memory: a journal of events, and jobs that end by hand or by themselves. */
import { AppError } from '#shared/app-error.ts';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { SubmitRequest, SubmitResponse, SwitchResponse } from '#shared/contract/jobs.ts';
import type {
  KnownDeliveries,
  OutboxCursor,
  PullRequest,
  PullResponse,
  SnapshotPage,
} from '#shared/contract/outbox.ts';
import type { OutputRequest, OutputStream } from '#shared/contract/output.ts';
import type { OutputSearchAnswer } from '#shared/contract/output-search.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobProgress, RunnerStatus } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive, isTerminal } from '#shared/job/lifecycle.ts';
import { type JobCommand, type Transition, transition } from '#shared/job/transition.ts';
import { FakeCallbacks } from './fake-callbacks.ts';
import { attempted, dueDelivery, toldOf } from './fake-deliveries.ts';
import { FakeOutbox } from './fake-outbox.ts';
import { FakeOutput } from './fake-output.ts';
import { FakeRunnerState } from './fake-runner-state.ts';
import { endOf, exitError, SAMPLE_PROFILE_ID } from './sample-jobs.ts';

export interface FakeMainListeners {
  outboxGrew: (push: { journalId: string; seq: number }) => void;
  runnerChanged: (status: RunnerStatus) => void;
}

const UNMEASURED = { durationNs: null, ttftNs: null, totalDurationNs: null };
const by = SAMPLE_PROFILE_ID;

export class FakeMain {
  /** Doorbells are lost while this is true. */
  losesDoorbells = false;
  slots = 2;
  problem: string | null = null;
  /** Called when an attempt begins: what plays the process. Jobs run until they are ended by hand without it. */
  onStarted: (job: BatchJob) => Disposer | undefined = () => undefined;

  readonly state = new FakeRunnerState();
  callbacks = this.#freshCallbacks();
  readonly #listeners: FakeMainListeners;
  readonly #outbox = new FakeOutbox();
  #jobs = new Map<JobId, { seq: number; job: BatchJob }>();
  readonly #output = new FakeOutput();
  #processes = new Map<JobId, Disposer>();

  constructor(listeners: FakeMainListeners) {
    this.#listeners = listeners;
  }

  // What the bridge asks.

  submit({ jobs, consent }: SubmitRequest): SubmitResponse {
    const response: SubmitResponse = { accepted: [], refused: [] };
    for (const job of jobs) {
      try {
        if (!consent) throw new AppError('not-approved', `${job.id} was not approved.`);
        if (!this.#jobs.has(job.id)) this.#commit(transition(job, { type: 'submit', by }, now()));
        response.accepted.push(job.id);
      } catch (error) {
        response.refused.push({ id: job.id, error: toErrorValue(error) });
      }
    }
    this.#fillSlots();
    return response;
  }

  cancel(ids: readonly JobId[]): { requested: JobId[]; unknown: JobId[] } {
    const isKnown = (id: JobId) => isActive(this.#jobs.get(id)?.job.status ?? 'created');
    const requested = ids.filter(isKnown);
    for (const id of requested) {
      const isRunning = this.job(id).status === 'running';
      this.#end(id, { type: 'cancel', by, ...(isRunning && { end: endOf(143, this.outputOf(id)) }) });
    }
    return { requested, unknown: ids.filter((id) => !requested.includes(id)) };
  }

  forget(ids: readonly JobId[]): { refused: JobId[] } {
    const refused = ids.filter((id) => isActive(this.#jobs.get(id)?.job.status ?? 'created'));
    const gone = new Set(ids.filter((id) => !refused.includes(id)));
    this.#outbox.forget(gone);
    for (const id of gone) {
      this.#jobs.delete(id);
      this.callbacks.forget(id);
    }
    return { refused };
  }

  status(): RunnerStatus {
    const count = (status: string) =>
      [...this.#jobs.values()].filter(({ job }) => job.status === status).length;
    return {
      slots: this.slots,
      running: count('running'),
      pending: count('pending'),
      callbacksDue: [...this.callbacks.deliveries.values()].filter(({ state }) => state === 'due').length,
      problem: this.problem,
      queues: this.state.queues(this.jobs),
      holds: [],
    };
  }

  pull(request: PullRequest): PullResponse {
    return this.#outbox.pull(request);
  }

  acknowledge(cursor: OutboxCursor): void {
    this.#outbox.check(cursor);
    this.dropEvents(cursor.seq);
  }

  snapshot(after: JobId | null, limit: number): SnapshotPage {
    const all = [...this.#jobs.values()].sort((one, other) => (one.job.id < other.job.id ? -1 : 1));
    const rest = after === null ? all : all.filter(({ job }) => job.id > after);
    const jobs = rest
      .slice(0, limit)
      .map((stored) => ({ ...stored, deliveries: this.callbacks.ofJob(stored.job.id) }));
    const next = rest.length > limit ? (jobs.at(-1)?.job.id ?? null) : null;
    return { journalId: this.journalId, head: this.head, jobs, next };
  }

  knownDeliveries(ids: readonly DeliveryId[]): KnownDeliveries {
    const deliveries = ids
      .map((id) => this.callbacks.deliveries.get(id))
      .filter((delivery) => delivery !== undefined);
    return { journalId: this.journalId, head: this.head, deliveries };
  }

  readOutput(request: OutputRequest) {
    return this.#output.read(request);
  }

  searchOutput(jobIds: readonly JobId[], text: string): OutputSearchAnswer {
    return this.#output.search(jobIds, text);
  }

  switchSuspended(ids: readonly JobId[], suspended: boolean): SwitchResponse {
    const done = ids.filter((id) => this.#jobs.get(id)?.job.status === 'running');
    for (const id of done) this.state.suspended[suspended ? 'add' : 'delete'](id);
    return { done, refused: [] };
  }

  progress(ids: readonly JobId[]): JobProgress[] {
    return ids
      .map((id) => this.#jobs.get(id)?.job)
      .filter((job) => job !== undefined && isActive(job.status))
      .map((job) => this.state.progress(job as BatchJob));
  }

  changeQueues(change: (state: FakeRunnerState) => void): void {
    change(this.state);
    this.#fillSlots();
    this.#listeners.runnerChanged(this.status());
  }

  // What a test or a person at the console does to it.

  job(id: JobId): BatchJob {
    const stored = this.#jobs.get(id);
    if (stored === undefined) throw new AppError('not-found', `The runner does not hold ${id}.`);
    return stored.job;
  }

  get journalId(): string {
    return this.#outbox.journalId;
  }

  get head(): number {
    return this.#outbox.head;
  }

  /** Every job the runner holds. */
  get jobs(): BatchJob[] {
    return [...this.#jobs.values()].map(({ job }) => job);
  }

  print(id: JobId, text: string, stream: OutputStream = 'stdout'): void {
    this.#output.add({ jobId: id, attempt: attemptOf(this.job(id)), stream }, text);
  }

  outputOf(id: JobId, stream: OutputStream = 'stdout'): string {
    return this.#output.of({ jobId: id, attempt: attemptOf(this.job(id)), stream });
  }

  /** Ends a running job as its process would; a callback, where there is one, is answered with 200. */
  finish(id: JobId, exitCode = 0): void {
    const end = endOf(exitCode, this.outputOf(id));
    this.#end(
      id,
      exitCode === 0 ? { type: 'complete', by, end } : { type: 'fail', by, end, error: exitError(exitCode) },
    );
    if (this.job(id).callback_url !== null) this.deliverCallback(id);
  }

  /** Answers what is due of a job's callback; one that was never made is made. */
  deliverCallback(id: JobId, statusCode = 200): void {
    const job = this.job(id);
    const due =
      this.callbacks.ofJob(id).find(({ state }) => state === 'due') ??
      dueDelivery(job, job.callback_url ?? '', now());
    const error = statusCode < 300 ? null : `The receiver answered ${statusCode}.`;
    const next = error === null ? null : new Date(Date.now() + 300_000).toISOString();
    this.record(attempted(due, { startedAt: now(), statusCode, error }, next));
  }

  /** Keeps a delivery as it is now, and tells of it; the job goes with it where the runner no longer has it. */
  record(delivery: Delivery, job: BatchJob = this.job(delivery.jobId)): void {
    this.#commit(toldOf(job, this.callbacks.keep({ ...delivery, updatedAt: now() }), now()));
  }

  ring(): void {
    if (!this.losesDoorbells) this.#listeners.outboxGrew({ journalId: this.journalId, seq: this.head });
  }

  /** Drops events up to `seq`, and what ended: an acknowledgement, or without one a gap for who has not read them. */
  dropEvents(seq: number = this.head): void {
    this.#outbox.drop(seq);
    for (const [id, stored] of this.#jobs) {
      if (stored.seq > seq || !isTerminal(stored.job.status) || this.callbacks.hasOpen(id)) continue;
      this.#jobs.delete(id);
    }
  }

  /** Killed and started again: what ran was interrupted. */
  restart(): void {
    for (const { job } of [...this.#jobs.values()].filter((stored) => stored.job.status === 'running')) {
      const error = { code: 'interrupted', message: 'Jobdeck was ended while this job ran.' } as const;
      this.#end(job.id, { type: 'fail', by, end: UNMEASURED, error });
    }
  }

  /** Started with another, empty data directory. */
  loseEverything(): void {
    for (const stop of this.#processes.values()) stop();
    this.#outbox.lose();
    this.#jobs.clear();
    this.callbacks = this.#freshCallbacks();
    this.#processes.clear();
  }

  /** The data of now, to be put back by `restoreCopy`. */
  copy(): () => void {
    const putBack = this.#outbox.copy();
    const jobs = new Map(this.#jobs);
    const deliveries = new Map(this.callbacks.deliveries);
    return () => {
      this.callbacks.deliveries.clear();
      for (const [id, delivery] of deliveries) this.callbacks.deliveries.set(id, delivery);
      putBack();
      this.#jobs = new Map(jobs);
    };
  }

  #end(id: JobId, command: JobCommand): void {
    this.#processes.get(id)?.();
    this.#processes.delete(id);
    const { job, events } = transition(this.job(id), command, now());
    // In the same commit as the end: a crash between the two would forget it.
    const due =
      job.callback_url === null ? [] : [this.callbacks.keep(dueDelivery(job, job.callback_url, now()))];
    this.#commit({ job, events: events.map((event) => ({ ...event, deliveries: due })) });
    this.#fillSlots();
  }

  #freshCallbacks(): FakeCallbacks {
    return new FakeCallbacks({
      jobOf: (id) => this.#jobs.get(id)?.job,
      record: (delivery, job) => this.record(delivery, job),
    });
  }

  #fillSlots(): void {
    for (const { job } of [...this.#jobs.values()]) {
      if (this.status().running >= this.slots) return;
      if (job.status === 'pending' && !this.state.isHeld(job)) this.#start(job);
    }
  }

  #start(job: BatchJob): void {
    const started = transition(job, { type: 'start', by, background: false }, now());
    this.#commit(started);
    const stop = this.onStarted(started.job);
    if (stop) this.#processes.set(job.id, stop);
  }

  #commit({ job, events }: Transition): void {
    for (const event of events) this.#outbox.add(event);
    this.#jobs.set(job.id, { seq: this.head, job });
    this.ring();
    this.#listeners.runnerChanged(this.status());
  }
}

function attemptOf(job: BatchJob): number {
  return jobdeckOf(job)?.attempts?.length ?? 0;
}

function now(): string {
  return new Date().toISOString();
}
