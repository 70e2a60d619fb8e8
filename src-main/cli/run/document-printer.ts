/**
 * Prints each finished document once. The outbox is read event by event, and acknowledged only after the line is
 * delivered, and never past the end of a job whose document still waits for its callback: what a killed run did not
 * print, the next one on the same folder does. After a kill a line may come again; none is left out.
 */
import { AppError } from '#shared/app-error.ts';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { OutboxCursor } from '#shared/contract/outbox.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { writeDocument } from '../../adapters/documents/write-document.ts';
import type { Outbox, Runner } from '../../core/runner-types.ts';
import type { LineSink } from '../lines.ts';

export interface DocumentPrinter {
  /** Begins to print as events come. */
  start(): void;
  /**
   * The end: prints all that has ended, whatever became of its callback. Rejects with what a write failed with.
   */
  finish(): Promise<void>;
  /** How many documents were printed, and how many of them did not complete. */
  counts(): { printed: number; notCompleted: number };
}

/** The most lines that are printed and not yet acknowledged. */
const PAGE = 200;

/** After a page that was not full. The first event after a while is printed at once. */
const COLLECT_MS = 25;

export interface DocumentPrinterOptions {
  sink: LineSink;
  /** A document waits until its callback is delivered or over, and not for its first attempt alone. */
  waitsForCallbacks: boolean;
  /** The newest record of a job. */
  findJob: (id: JobId) => BatchJob | undefined;
  /** Awaited before a finished document is printed; a rejection is a failure. */
  before: (job: BatchJob) => Promise<void>;
  onPrinted: (job: BatchJob) => void;
  /** Told once that nothing can be printed any more. */
  onFailure: () => void;
}

export function createDocumentPrinter(
  runner: Pick<Runner, 'outbox' | 'onEvents'>,
  options: DocumentPrinterOptions,
): DocumentPrinter {
  const { sink, waitsForCallbacks, findJob, before, onPrinted, onFailure } = options;
  const { outbox } = runner;
  /** Jobs that have ended and whose document waits for this callback, in the order of their ends. */
  const waiting = new Map<JobId, { callback: DeliveryId; seq: number }>();
  let cursor: OutboxCursor | null = null;
  let work: Promise<void> | null = null;
  let again = false;
  let failure: { reason: unknown } | null = null;
  let isFinishing = false;
  let goOn = () => {};
  let printed = 0;
  let notCompleted = 0;

  async function printAll(): Promise<void> {
    for (;;) {
      again = false;
      const events = next();
      if (events.length > 0) await take(events);
      else if (!again) return;
      if (events.length < PAGE) await pause();
    }
  }

  /** Lets more events come: a page costs two syncs, however many it has. Nothing waits for it at the end. */
  async function pause(): Promise<void> {
    if (isFinishing) return;
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
    const answer = outbox.pull({ cursor, limit: PAGE });
    if (answer.kind === 'gap') throw new AppError('internal', 'Expected the events to go on, got a gap.');
    return answer.events;
  }

  async function take(events: readonly JobEvent[]): Promise<void> {
    const finished: BatchJob[] = [];
    for (const event of events) if (finishes(event)) finished.push(event.job);
    await print(finished);
    const { journalId, seq } = events.at(-1) as JobEvent;
    cursor = { journalId, seq };
    acknowledge();
    for (const job of finished) count(job);
  }

  async function print(jobs: readonly BatchJob[]): Promise<void> {
    for (const job of jobs) await before(job);
    if (jobs.length > 0) await sink.write(jobs.map(writeDocument));
  }

  function acknowledge(): void {
    if (cursor === null) return;
    const [oldest] = waiting.values();
    outbox.acknowledge({ ...cursor, seq: oldest === undefined ? cursor.seq : oldest.seq - 1 });
  }

  function count(job: BatchJob): void {
    printed++;
    if (job.status !== 'completed') notCompleted++;
    onPrinted(job);
  }

  /**
   * A document is finished when its job has ended and its callback, where it has one, was tried or is over. Keeps what
   * it is to wait for.
   */
  function finishes({ type, job, seq, deliveries = [] }: JobEvent): boolean {
    if (type === 'ended') {
      const callback = deliveries.find(tellsOfTheEnd);
      if (callback === undefined || isEnough(callback)) return true;
      waiting.set(job.id, { callback: callback.id, seq });
      return false;
    }
    const awaited = waiting.get(job.id)?.callback;
    const callback = deliveries.find(({ id }) => id === awaited);
    return callback !== undefined && isEnough(callback) && waiting.delete(job.id);
  }

  function isEnough({ state, attemptCount }: Delivery): boolean {
    return state !== 'due' || (!waitsForCallbacks && attemptCount > 0);
  }

  async function printWaiting(): Promise<void> {
    while (waiting.size > 0) {
      const ids = [...waiting.keys()].slice(0, PAGE);
      const jobs = ids.flatMap((id) => findJob(id) ?? []);
      await print(jobs);
      for (const id of ids) waiting.delete(id);
      acknowledge();
      for (const job of jobs) count(job);
    }
  }

  function run(): Promise<void> {
    again = true;
    work ??= printAll()
      .catch(failed)
      .then(() => {
        work = null;
        // Asked for when the last look was over and this was not yet known.
        return again && failure === null ? run() : undefined;
      });
    return work;
  }

  function failed(reason: unknown): void {
    failure ??= { reason };
    onFailure();
  }

  return {
    start() {
      runner.onEvents(() => {
        if (failure === null) void run();
      });
      void run();
    },
    async finish() {
      isFinishing = true;
      goOn();
      if (failure === null) await run();
      if (failure === null) await printWaiting().catch(failed);
      if (failure !== null) throw failure.reason;
    },
    counts: () => ({ printed, notCompleted }),
  };
}

function tellsOfTheEnd({ type }: Delivery): boolean {
  return type !== 'batch.items';
}

/**
 * Where an earlier run stopped to acknowledge: the first cursor that gives events and not a gap. Events before it
 * are gone because they were printed, so no snapshot is needed. Found by halving, since the outbox does not tell.
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
