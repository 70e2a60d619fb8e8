/** What the window's history does, in a file: applies each event of the outbox once, then acknowledges it. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { JobEvent, JobEventType } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Outbox } from '../../../src-main/core/runner-types.ts';

/** Of an event what the verdict needs. */
export interface KeptEvent {
  journalId: string;
  seq: number;
  jobId: JobId;
  type: JobEventType;
  job: BatchJob;
}

export interface History {
  events: readonly KeptEvent[];
  has(id: JobId): boolean;
  /** The newest record of each job that has ended. */
  ended(): BatchJob[];
  /** Brings in what the outbox has, and acknowledges it. */
  consume(outbox: Outbox): void;
}

const PAGE_LENGTH = 20;

/** @throws where the outbox has lost what was not acknowledged */
export function openHistory(file: string): History {
  const events = readEvents(file);
  const newest = new Map(events.map(({ jobId, job }) => [jobId, job]));
  return {
    events,
    has: (id) => newest.has(id),
    ended: () => [...newest.values()].filter((job) => job.completed_at !== null),
    consume(outbox) {
      for (;;) {
        const last = events.at(-1);
        const cursor = last === undefined ? null : { journalId: last.journalId, seq: last.seq };
        const pulled = outbox.pull({ cursor, limit: PAGE_LENGTH });
        if (pulled.kind === 'gap') throw new Error(`The outbox has a gap after ${last?.seq ?? 0}.`);
        const { journalId } = pulled;
        const kept = pulled.events.map(keptOf);
        const seq = kept.at(-1)?.seq;
        if (seq === undefined) return;
        // One write: a process that is killed in the middle of it leaves all of it or a line that is cut off.
        appendFileSync(file, kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
        for (const event of kept) {
          events.push(event);
          newest.set(event.jobId, event.job);
        }
        outbox.acknowledge({ journalId, seq });
      }
    },
  };
}

/** Without the task, which says the same each time. */
function keptOf({ journalId, seq, jobId, type, job }: JobEvent): KeptEvent {
  const { task: _task, ...jobdeck } = jobdeckOf(job) ?? { version: 1 as const };
  return { journalId, seq, jobId, type, job: { ...job, metadata: { jobdeck } } };
}

function readEvents(file: string): KeptEvent[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // Its events were not acknowledged: they come again.
  if (whole !== text) writeFileSync(file, whole);
  return whole
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as KeptEvent);
}
