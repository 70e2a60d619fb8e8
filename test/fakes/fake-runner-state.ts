/** What the fake main process keeps beside its jobs: queues, items of batches, profiles and secrets. */
import { AppError } from '#shared/app-error.ts';
import type { ItemPage, ItemPageRequest, ItemPreview, OpenAiBatchFile } from '#shared/contract/items.ts';
import type { ModelProfile, SecretList } from '#shared/contract/profiles.ts';
import type { JobProgress, QueueSettings, QueueState } from '#shared/contract/runner-state.ts';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import { ITEM_STATUSES, type ItemRecord, type ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Items, Schedule } from '#shared/job/jobdeck-metadata.ts';
import { fakeItemPreview } from './fake-item-preview.ts';

const HOUR_MS = 3_600_000;

export class FakeRunnerState {
  readonly suspended = new Set<JobId>();
  /** What became of the items of batches; set by a test or a scene. */
  readonly items = new Map<JobId, ItemRecord[]>();
  /** What waiting jobs wait for, other than a slot: they are not started. */
  readonly waiting = new Map<JobId, Pick<JobProgress, 'id' | 'waitsFor' | 'waitsUntil'>>();
  readonly profiles = new Map<string, ModelProfile>();
  readonly secrets: SecretList = { names: [], backend: 'keychain' };
  /** What the dialog for one file answers; null is a dialog that was closed. */
  chosenFile: string | null = '/home/you/rows.csv';
  /** What an OpenAI Batch file is found to hold. */
  openAiBatch: Omit<OpenAiBatchFile, 'path'> = {
    requests: 120,
    endpoint: 'chat/completions',
    models: ['gpt-4o-mini'],
    problems: [],
  };
  readonly #queues = new Map<string, QueueSettings>();

  queues(jobs: readonly BatchJob[]): QueueState[] {
    const named = new Map<string, QueueState>();
    const of = (name: string): QueueState => {
      const settings = this.#queues.get(name) ?? { name, slots: null, mode: 'open' as const };
      const state = named.get(name) ?? { ...settings, running: 0, pending: 0 };
      named.set(name, state);
      return state;
    };
    for (const name of ['default', ...this.#queues.keys()]) of(name);
    for (const job of jobs) {
      const state = of(jobdeckOf(job)?.queue ?? 'default');
      if (job.status === 'pending' || job.status === 'running') state[job.status] += 1;
    }
    return [...named.values()];
  }

  saveQueue(queue: QueueSettings): void {
    this.#queues.set(queue.name, queue);
  }

  removeQueue(name: string): void {
    this.#queues.delete(name);
  }

  isHeld(job: BatchJob): boolean {
    if (this.waiting.has(job.id)) return true;
    return this.#queues.get(jobdeckOf(job)?.queue ?? 'default')?.mode === 'paused';
  }

  progress(job: BatchJob): JobProgress {
    const waits = this.waiting.get(job.id);
    const counts = this.counts(job.id);
    return {
      id: job.id,
      waitsFor: job.status === 'running' ? null : (waits?.waitsFor ?? 'slot'),
      waitsUntil: waits?.waitsUntil ?? null,
      suspended: this.suspended.has(job.id),
      batch: this.items.has(job.id)
        ? { isLoaded: true, counts, itemsPerSecond: 2, etaMs: (counts.pending / 2) * 1000 }
        : null,
    };
  }

  counts(id: JobId): ItemStatusCounts {
    const counts = Object.fromEntries(ITEM_STATUSES.map((status) => [status, 0])) as ItemStatusCounts;
    for (const { status } of this.items.get(id) ?? []) counts[status] += 1;
    return counts;
  }

  page({ jobId, status, after, limit }: ItemPageRequest): ItemPage {
    const all = (this.items.get(jobId) ?? []).filter(
      (item) => item.index > (after ?? -1) && (status === null || item.status === status),
    );
    const items = all.slice(0, limit);
    return {
      items,
      next: all.length > limit ? (items.at(-1)?.index ?? null) : null,
      counts: this.counts(jobId),
    };
  }

  preview(items: Items, limit: number): ItemPreview {
    return fakeItemPreview(items, limit);
  }

  /** On the hour: enough to show, and no cron of its own. */
  times({ cron }: Schedule): { times: string[]; problem: string | null } {
    if (cron.trim().split(/\s+/u).length < 5) {
      return {
        times: [],
        problem: `Expected five fields such as "0 6 * * 1-5", got ${JSON.stringify(cron)}.`,
      };
    }
    const next = Math.ceil((Date.now() + 1) / HOUR_MS);
    const times = Array.from({ length: 5 }, (_, at) => new Date((next + at) * HOUR_MS).toISOString());
    return { times, problem: null };
  }

  saveSecret(name: string): void {
    if (!this.secrets.names.includes(name)) this.secrets.names.push(name);
  }

  removeSecret(name: string): void {
    const at = this.secrets.names.indexOf(name);
    if (at === -1) throw new AppError('not-found', `There is no secret named ${name}.`);
    this.secrets.names.splice(at, 1);
  }
}
