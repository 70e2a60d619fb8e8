/** A journal in memory that can refuse, wait, and be cut off from its runner as by a crash. */
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent, JobEventDraft } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import { isJob } from '../../src-main/adapters/validators/index.ts';
import type { Journal, JournalWrite, StoredJob } from '../../src-main/core/ports.ts';
import {
  checkDeliveries,
  type DeliveryDisk,
  emptyDeliveryDisk,
  forgetDeliveries,
  hasOpenDelivery,
  keepDeliveries,
  openMemoryDeliveries,
} from './memory-delivery-store.ts';

interface Kept {
  ordinal: number;
  seq: number;
  job: BatchJob;
  /** `due` where a version before deliveries left a callback to make. */
  callback: 'none' | 'due';
  position: number;
}

/** What is on the disk: it outlives the journals that are opened over it. */
export interface Disk {
  /** Everything that was ever committed, also what was compacted since. */
  log: JobEvent[];
  events: JobEvent[];
  jobs: Map<JobId, Kept>;
  floor: number;
  deliveries: DeliveryDisk;
}

export interface MemoryJournal extends Journal {
  readonly disk: Disk;
  /** Appends wait from now on, until `release`. */
  hold(): void;
  /** Commits what waits, or the first `count` of it; without `count` nothing waits any more. */
  release(count?: number): void;
  /** Appends reject with this, until it is null. */
  refuseWith(error: Error | null): void;
  /** The nth append from now is committed and not answered; no later one is committed or answered. */
  crashAfter(appends: number): void;
  readonly hasCrashed: boolean;
}

export const emptyDisk = (): Disk => ({
  log: [],
  events: [],
  jobs: new Map(),
  floor: 0,
  deliveries: emptyDeliveryDisk(),
});

export function openMemoryJournal(disk: Disk = emptyDisk()): MemoryJournal {
  const journalId = 'a-journal-in-memory';
  let held: (() => void)[] | null = null;
  let refusal: Error | null = null;
  let appendsLeft = Number.POSITIVE_INFINITY;

  function commit(write: JournalWrite): JobEvent {
    const { event } = write;
    // The journal on the disk takes any record, and calls one damaged that it can not read back: it would be lost.
    if (!isJob(event.job))
      throw new Error(`The runner made a record that can not be read back: ${event.jobId}.`);
    const seq = disk.log.length + 1;
    const kept = disk.jobs.get(event.jobId);
    // As text and back: what a runner changes in its memory afterwards does not change what is stored.
    const stored: JobEvent = { ...(JSON.parse(JSON.stringify(event)) as JobEventDraft), journalId, seq };
    keepDeliveries(disk.deliveries, write);
    disk.log.push(stored);
    disk.events.push(stored);
    disk.jobs.set(event.jobId, {
      ordinal: kept?.ordinal ?? seq,
      seq,
      job: stored.job,
      callback: event.deliveries === undefined ? (kept?.callback ?? 'none') : 'none',
      position: kept?.position ?? kept?.ordinal ?? seq,
    });
    return { ...event, journalId, seq };
  }

  /** One commit, and one of the appends that `crashAfter` counts. */
  function appendAll(writes: readonly JournalWrite[]): Promise<JobEvent[]> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        if (refusal !== null) return reject(refusal);
        appendsLeft -= 1;
        if (appendsLeft < 0) return undefined;
        try {
          checkDeliveries(disk.deliveries, writes);
        } catch (error) {
          return reject(error);
        }
        const events = writes.map(commit);
        if (appendsLeft > 0) resolve(events);
        return undefined;
      };
      if (held === null) attempt();
      else held.push(attempt);
    });
  }

  const store = openMemoryDeliveries(disk.deliveries);
  const jobs = () => [...disk.jobs.values()].sort((one, other) => one.ordinal - other.ordinal);
  const stored = ({ seq, job, position }: Kept): StoredJob => ({ seq, job, position });

  return {
    disk,
    journalId,
    append: async (write) => (await appendAll([write]))[0] as JobEvent,
    appendAll,
    async setPosition(id, position) {
      const kept = disk.jobs.get(id);
      if (kept !== undefined) kept.position = position;
    },
    hold() {
      held ??= [];
    },
    release(count) {
      const waiting = held ?? [];
      held = count === undefined ? null : waiting.slice(count);
      for (const attempt of waiting.slice(0, count)) attempt();
    },
    refuseWith(error) {
      refusal = error;
    },
    crashAfter(appends) {
      appendsLeft = appends;
    },
    get hasCrashed() {
      return appendsLeft <= 0;
    },
    activeJobs: () =>
      jobs()
        .filter(({ job }) => isActive(job.status))
        .map(stored),
    find(id) {
      const kept = disk.jobs.get(id);
      return kept === undefined ? undefined : stored(kept);
    },
    callbacksDue: () =>
      jobs()
        .filter(({ callback, job }) => callback === 'due' && !isActive(job.status))
        .sort((one, other) => one.seq - other.seq)
        .map(({ job }) => job),
    head: () => disk.log.length,
    floor: () => disk.floor,
    eventsAfter: (seq, limit) => disk.events.filter((event) => event.seq > seq).slice(0, limit),
    jobsAfter: (id, limit) =>
      jobs()
        .filter(({ job }) => id === null || job.id > id)
        .sort((one, other) => (one.job.id < other.job.id ? -1 : 1))
        .slice(0, limit)
        .map((kept) => {
          const { seq, job } = stored(kept);
          return { seq, job, deliveries: store.ofJob(job.id).slice(-MAX_PAGE) };
        }),
    acknowledge(seq) {
      disk.floor = Math.max(disk.floor, seq);
      disk.events = disk.events.filter((event) => event.seq > disk.floor);
      for (const [id, { job, seq: newest, callback }] of disk.jobs) {
        const isOwed = callback === 'due' || hasOpenDelivery(disk.deliveries, id);
        if (newest <= disk.floor && !isActive(job.status) && !isOwed) disk.jobs.delete(id);
      }
    },
    async forget(ids) {
      for (const id of ids) disk.jobs.delete(id);
      disk.events = disk.events.filter((event) => !ids.includes(event.jobId));
      forgetDeliveries(disk.deliveries, ids);
    },
  };
}
