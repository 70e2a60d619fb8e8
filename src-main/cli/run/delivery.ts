/**
 * Prints each finished document once. The outbox is read event by event, and acknowledged only after the line is
 * delivered: what a killed run did not deliver, the next one on the same folder does.
 */
import { AppError } from '#shared/app-error.ts';
import type { OutboxCursor } from '#shared/contract/channels.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import { writeDocument } from '../../adapters/documents/write-document.ts';
import type { Outbox, Runner } from '../../core/runner-types.ts';
import type { LineSink } from '../lines.ts';

export interface Delivery {
  /** Begins to deliver as events come. */
  start(): void;
  /** Resolves when all that has happened so far is delivered; rejects with what a write failed with. */
  drain(): Promise<void>;
  /** How many documents were delivered, and how many of them did not complete. */
  counts(): { delivered: number; notCompleted: number };
}

/** The most lines that are delivered and not yet acknowledged. */
export const DELIVERY_PAGE = 200;

/** After a page that was not full. The first event after a while is delivered at once. */
const COLLECT_MS = 25;

export interface DeliveryOptions {
  sink: LineSink;
  /** Awaited before a finished document is delivered; a rejection is a failure. */
  before: (job: BatchJob) => Promise<void>;
  onDelivered: (job: BatchJob) => void;
  /** Told once that nothing can be delivered any more. */
  onFailure: () => void;
}

export function createDelivery(runner: Runner, options: DeliveryOptions): Delivery {
  const { sink, before, onDelivered, onFailure } = options;
  const { outbox } = runner;
  let cursor: OutboxCursor | null = null;
  let work: Promise<void> | null = null;
  let again = false;
  let failure: { reason: unknown } | null = null;
  let isDraining = false;
  let goOn = () => {};
  let delivered = 0;
  let notCompleted = 0;

  async function deliverAll(): Promise<void> {
    for (;;) {
      again = false;
      const events = next();
      if (events.length > 0) await deliver(events);
      else if (!again) return;
      if (events.length < DELIVERY_PAGE) await pause();
    }
  }

  /** Lets more events come: a page costs two syncs, however many it has. Nothing waits for it at the end. */
  async function pause(): Promise<void> {
    if (isDraining) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, COLLECT_MS);
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function next(): JobEvent[] {
    cursor ??= firstCursor(outbox);
    const answer = outbox.pull({ cursor, limit: DELIVERY_PAGE });
    if (answer.kind === 'gap') throw new AppError('internal', 'Expected the events to go on, got a gap.');
    return answer.events;
  }

  async function deliver(events: readonly JobEvent[]): Promise<void> {
    const finished = events.filter(isFinished).map(({ job }) => job);
    for (const job of finished) await before(job);
    if (finished.length > 0) await sink.write(finished.map(writeDocument));
    const last = events.at(-1);
    if (last !== undefined) {
      cursor = { journalId: last.journalId, seq: last.seq };
      outbox.acknowledge(cursor);
    }
    for (const job of finished) {
      delivered++;
      if (job.status !== 'completed') notCompleted++;
      onDelivered(job);
    }
  }

  function run(): Promise<void> {
    again = true;
    work ??= deliverAll()
      .catch((reason: unknown) => {
        failure = { reason };
        onFailure();
      })
      .finally(() => {
        work = null;
      });
    return work;
  }

  return {
    start() {
      runner.onEvents(() => {
        if (failure === null) void run();
      });
      void run();
    },
    async drain() {
      isDraining = true;
      goOn();
      if (failure === null) await run();
      if (failure !== null) throw failure.reason;
    },
    counts: () => ({ delivered, notCompleted }),
  };
}

/** A document is finished when its job has ended and its callback, where it has one, was tried. */
function isFinished({ type, job }: JobEvent): boolean {
  if (type === 'callback-recorded') return true;
  return type === 'ended' && (job.callback_url === null || job.callback_url === '');
}

/**
 * Where an earlier run stopped to acknowledge: the first cursor that gives events and not a gap. Events before it
 * are gone because they were delivered, so no snapshot is needed. Found by halving, since the outbox does not tell.
 */
function firstCursor(outbox: Outbox): OutboxCursor {
  const { journalId, head } = outbox.pull({ cursor: null, limit: 1 });
  let gone = -1;
  let readable = head;
  while (readable - gone > 1) {
    const middle = Math.floor((gone + readable) / 2);
    const { kind } = outbox.pull({ cursor: { journalId, seq: middle }, limit: 1 });
    if (kind === 'gap') gone = middle;
    else readable = middle;
  }
  return { journalId, seq: readable };
}
