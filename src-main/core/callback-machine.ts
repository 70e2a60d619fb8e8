/**
 * Posts the results of ended jobs: `due -> sending -> delivered | abandoned`. `due` is in the commit of the
 * terminal event; `sending` is in memory alone, so what a crash interrupts is sent again. One attempt for now.
 */
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { type CallbackReport, recordCallback } from '#shared/job/transition.ts';
import { createFifo } from './fifo.ts';
import type { Ledger } from './ledger.ts';
import type { CallbackSender, Clock } from './ports.ts';

/** How many callbacks are on their way at a time. */
export const MAX_CALLBACKS_IN_FLIGHT = 4;

export interface CallbackMachine {
  /** Takes a job whose callback is due. */
  add(job: BatchJob): void;
  /** Due or being sent. */
  count(): number;
  /** Begins to send what is due. */
  start(): void;
  /** Gives up the callback of a job; resolves when nothing more is written about it. */
  forget(id: JobId): Promise<void>;
  /** Breaks off what is on its way: it stays due. */
  stop(): Promise<void>;
}

interface Delivery {
  job: BatchJob;
  abort: AbortController;
  forgotten: boolean;
  /** Set while it is being sent. */
  done: Promise<void> | null;
}

export function createCallbackMachine(
  ports: { sender: CallbackSender; clock: Clock; ledger: Ledger },
  told: { recorded(event: JobEvent): void; changed(): void },
): CallbackMachine {
  const deliveries = new Map<JobId, Delivery>();
  const queue = createFifo<Delivery>();
  let inFlight = 0;
  let active = false;

  function pump(): void {
    while (active && inFlight < MAX_CALLBACKS_IN_FLIGHT) {
      const delivery = queue.take();
      if (delivery === undefined) return;
      if (delivery.abort.signal.aborted) continue;
      inFlight += 1;
      delivery.done = deliver(delivery).finally(() => {
        inFlight -= 1;
        deliveries.delete(delivery.job.id);
        told.changed();
        pump();
      });
    }
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const { job, abort } = delivery;
    const report = await send(job, abort.signal);
    // Broken off before an answer came: the row stays due, and the next start sends it.
    if (abort.signal.aborted && report.statusCode === null) return;
    const state = isSuccess(report) ? 'delivered' : 'abandoned';
    const now = ports.clock.now();
    await ports.ledger.persist(() =>
      delivery.forgotten
        ? null
        : { lines: [{ change: recordCallback(job, report, now), apply: told.recorded, callback: state }] },
    );
  }

  async function send(job: BatchJob, signal: AbortSignal): Promise<CallbackReport> {
    const sentAt = ports.clock.now();
    try {
      return await ports.sender.send(job, signal);
    } catch (error) {
      return { sentAt, statusCode: null, error: toErrorValue(error).message };
    }
  }

  return {
    add(job) {
      const delivery: Delivery = { job, abort: new AbortController(), forgotten: false, done: null };
      deliveries.set(job.id, delivery);
      queue.push(delivery);
      pump();
    },
    count: () => deliveries.size,
    start() {
      active = true;
      pump();
    },
    async forget(id) {
      const delivery = deliveries.get(id);
      if (delivery === undefined) return;
      delivery.forgotten = true;
      delivery.abort.abort();
      if (delivery.done === null) deliveries.delete(id);
      else await delivery.done;
    },
    async stop() {
      active = false;
      const onTheirWay = [...deliveries.values()];
      for (const delivery of onTheirWay) delivery.abort.abort();
      await Promise.all(onTheirWay.map((delivery) => delivery.done));
    },
  };
}

function isSuccess({ statusCode }: CallbackReport): boolean {
  return statusCode !== null && statusCode >= 200 && statusCode < 300;
}
