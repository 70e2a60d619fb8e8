/** Changes of records, and what memory makes of them once they are durable. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import { type JobCommand, type Transition, transition, withDeliveries } from '#shared/job/transition.ts';
import type { ActiveJob, ActiveJobs } from './active-jobs.ts';
import type { MadeDelivery } from './callbacks/new-delivery.ts';
import type { Line } from './ledger.ts';

export interface Lines {
  /**
   * What `command` makes of an active job.
   * @param job its record once the lines before this one are written
   */
  step(entry: ActiveJob, job: BatchJob, command: JobCommand, now: string): Line;
  /** The runner takes a job over that is active already, as `submitting`. */
  submission(entry: ActiveJob, change: Transition): Line;
  /** A job comes to be in the runner itself. */
  successor(job: BatchJob, now: string, added: (entry: ActiveJob) => void): Line;
}

export interface LinesContext {
  active: ActiveJobs;
  profileId: string;
  /** An event became durable and memory has it. */
  told(event: JobEvent): void;
  callbacks: {
    /** What tells of this end: it is in the same commit. */
    ofEnd(job: BatchJob, now: string): MadeDelivery | null;
    recorded(event: JobEvent): void;
  };
}

export function createLines({ active, profileId, told, callbacks }: LinesContext): Lines {
  function withCallback({ job, events }: Transition, now: string): Pick<Line, 'change' | 'newDeliveries'> {
    const made = events.some(({ type }) => type === 'ended') ? callbacks.ofEnd(job, now) : null;
    if (made === null) return { change: { job, events } };
    const { delivery, body } = made;
    return {
      change: { job, events: events.map((event) => withDeliveries(event, [delivery])) },
      newDeliveries: [{ id: delivery.id, body }],
    };
  }

  return {
    step: (entry, job, command, now) => ({
      ...withCallback(transition(job, command, now), now),
      subject: entry,
      apply(event) {
        active.update(entry, event.job);
        if (event.type === 'ended') active.remove(entry);
        told(event);
        callbacks.recorded(event);
      },
    }),
    submission: (entry, change) => ({
      change,
      subject: entry,
      apply(event) {
        entry.position = event.seq;
        active.update(entry, event.job);
        told(event);
      },
    }),
    successor: (job, now, added) => ({
      change: transition(job, { type: 'submit', by: profileId }, now),
      apply(event) {
        added(active.add(event.job, 'waiting', event.seq));
        told(event);
      },
    }),
  };
}
