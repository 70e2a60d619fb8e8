/** Puts waiting jobs to another place of their queue. */
import { AppError } from '#shared/app-error.ts';
import type { QueuePlace } from '#shared/contract/jobs.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type ActiveJob, type ActiveJobs, priorityOf, queueOf } from '../active-jobs.ts';
import type { Journal } from '../ports.ts';
import type { Steps } from '../steps.ts';
import { placeAt } from './positions.ts';
import type { Scheduler } from './scheduler.ts';

export interface MovingContext {
  active: ActiveJobs;
  journal: Journal;
  steps: Steps;
  scheduler: Pick<Scheduler, 'enqueue'>;
  now: () => string;
  profileId: string;
}

export type Move = (id: JobId, to: QueuePlace) => Promise<void>;

export function createMoving(context: MovingContext): Move {
  const { active, journal, steps, profileId: by } = context;
  let earlier: Promise<unknown> = Promise.resolve();

  function waiting(id: JobId): ActiveJob {
    const entry = active.get(id);
    if (entry === undefined || entry.phase === 'submitting') {
      throw new AppError('not-found', `Expected ${id} to wait in a queue, but it is in none.`);
    }
    if (entry.phase !== 'waiting') {
      throw new AppError('conflict', `Expected ${id} to wait in a queue, but it runs or ends by now.`);
    }
    return entry;
  }

  /** All that wait in the queue of a job but for itself: for whatever they wait, each has its place. */
  function othersOf(moved: ActiveJob): ActiveJob[] {
    const name = queueOf(moved.job);
    return [...active.all()].filter(
      (entry) => entry !== moved && entry.phase === 'waiting' && queueOf(entry.job) === name,
    );
  }

  async function move(id: JobId, to: QueuePlace): Promise<void> {
    const entry = waiting(id);
    const target = typeof to === 'string' ? null : waiting(to.before);
    if (target === entry) return;
    if (target !== null && queueOf(target.job) !== queueOf(entry.job)) {
      throw new AppError(
        'conflict',
        `Expected ${target.job.id} to be in the same queue as ${id}, but it is in another.`,
      );
    }
    const others = othersOf(entry);
    if (others.length === 0) return;
    const priority = target === null ? outermost(others, to === 'first') : priorityOf(target.job);
    const line = others
      .filter(({ job }) => priorityOf(job) === priority)
      .sort((one, other) => one.position - other.position);
    const index = target !== null ? line.indexOf(target) : to === 'first' ? 0 : line.length;
    const { position, shifted } = placeAt(line, index, journal.head() + 1);
    await Promise.all([...shifted, { entry, position }].map(put));
    await setPriority(entry, priority);
  }

  /** Durable before memory has it. */
  async function put({ entry, position }: { entry: ActiveJob; position: number }): Promise<void> {
    await journal.setPosition(entry.job.id, position);
    entry.position = position;
    lineUpAgain(entry);
  }

  async function setPriority(entry: ActiveJob, priority: number): Promise<void> {
    if (priorityOf(entry.job) === priority) return;
    await steps.take(entry, () => {
      if (entry.phase !== 'waiting') return null; // its turn came first
      return { command: { type: 'update', by, update: { priority } }, now: context.now() };
    });
    lineUpAgain(entry);
  }

  function lineUpAgain(entry: ActiveJob): void {
    if (entry.ticket !== null) context.scheduler.enqueue(entry);
  }

  // One after the other: each finds the places that the one before it has made.
  return (id, to) => {
    const moved = earlier.then(() => move(id, to));
    earlier = moved.catch(() => undefined);
    return moved;
  };
}

/** The highest priority there is, or the lowest. Of at least one job: not by spreading, for they may be many. */
function outermost(entries: readonly ActiveJob[], isFirst: boolean): number {
  const choose = isFirst ? Math.max : Math.min;
  return entries.map(({ job }) => priorityOf(job)).reduce((one, other) => choose(one, other));
}
