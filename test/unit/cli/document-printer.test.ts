import { beforeEach, describe, expect, it } from 'vitest';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { JobEvent } from '#shared/job/events.ts';
import { createDocumentPrinter, type DocumentPrinter } from '../../../src-main/cli/run/document-printer.ts';
import type { Outbox, Runner } from '../../../src-main/core/runner-types.ts';
import { sampleJobIn } from '../../fakes/sample-jobs.ts';

type Kind = Pick<JobEvent, 'type' | 'deliveries'>;

let events: JobEvent[];
/** Up to where it was acknowledged. */
let floor: number;
/** `NUMBER STATUS_CODE` of each document. */
let printed: string[];
let tell: () => void;

const runner = {
  outbox: {
    pull({ cursor, limit }) {
      const seq = cursor?.seq ?? 0;
      if (seq < floor) return { kind: 'gap', journalId: 'j', head: events.length };
      const page = events.filter((event) => event.seq > seq).slice(0, limit);
      return { kind: 'events', journalId: 'j', head: events.length, events: page };
    },
    acknowledge({ seq }) {
      floor = Math.max(floor, seq);
    },
  } as Outbox,
  onEvents(listener: (events: readonly JobEvent[]) => void) {
    tell = () => listener([]);
    return () => {};
  },
} as Pick<Runner, 'outbox' | 'onEvents'>;

function printerFor(waitsForCallbacks: boolean): DocumentPrinter {
  return createDocumentPrinter(runner, {
    sink: {
      async write(lines) {
        printed.push(...lines.map((line) => shown(JSON.parse(line))));
      },
      close: async () => {},
    },
    waitsForCallbacks,
    findJob: (id) => events.findLast(({ jobId }) => jobId === id)?.job,
    before: async () => {},
    onPrinted: () => {},
    onFailure: () => {},
  });
}

function shown({ id, callback_status_code }: JobEvent['job']): string {
  const number = [0, 1, 2].find((each) => sampleJobIn('completed', each).id === id);
  return callback_status_code === null ? `${number}` : `${number} ${callback_status_code}`;
}

function happens(number: number, { type, deliveries }: Kind): void {
  const job = sampleJobIn('completed', number);
  const code = deliveries?.[0]?.attempts.at(-1)?.statusCode ?? null;
  const sent = code === null ? {} : { callback_sent_at: job.created_at, callback_status_code: code };
  events.push({
    ...{ type, jobId: job.id, job: { ...job, ...sent }, at: job.created_at, journalId: 'j' },
    seq: events.length + 1,
    ...(deliveries && { deliveries }),
  });
}

/** The callback of the end of a job after so many attempts. */
function callback(state: Delivery['state'], attempts: number, rest: Partial<Delivery> = {}): Delivery {
  const statusCode = state === 'delivered' ? 200 : 503;
  return {
    ...{ id: 'msg_end' as DeliveryId, type: 'job.completed', state, attemptCount: attempts },
    attempts: Array.from({ length: attempts }, () => ({ statusCode })),
    ...rest,
  } as Delivery;
}

const ends = (number: number, ...deliveries: Delivery[]) =>
  happens(number, { type: 'ended', ...(deliveries.length > 0 && { deliveries }) });
const records = (number: number, ...deliveries: Delivery[]) =>
  happens(number, { type: 'callback-recorded', deliveries });

/** Everything that was not acknowledged, by a run that is then killed. */
async function untilKilled(waitsForCallbacks = false): Promise<void> {
  printerFor(waitsForCallbacks).start();
  await new Promise((resolve) => setImmediate(resolve));
}

async function toItsEnd(waitsForCallbacks = false): Promise<DocumentPrinter> {
  const printer = printerFor(waitsForCallbacks);
  printer.start();
  await printer.finish();
  return printer;
}

beforeEach(() => {
  events = [];
  floor = 0;
  printed = [];
});

describe('a document', () => {
  it('is printed at the end of its job, where no callback tells of that', async () => {
    happens(0, { type: 'started' });
    ends(0);
    await untilKilled();
    expect(printed).toEqual(['0']);
    expect(floor).toBe(2);
  });

  it('waits for the first attempt of its callback, and is printed with what came of it, once', async () => {
    ends(0, callback('due', 0));
    ends(1);
    await untilKilled();
    expect(printed).toEqual(['1']);
    records(0, callback('due', 1));
    records(0, callback('due', 2));
    records(0, callback('delivered', 3));
    printed = [];
    await untilKilled();
    // The other one comes again: it was not acknowledged before what was to be waited for.
    expect(printed).toEqual(['1', '0 503']);
    expect(floor).toBe(5);
  });

  it('waits until its callback is over, where that is asked for', async () => {
    ends(0, callback('due', 0));
    records(0, callback('due', 1));
    await untilKilled(true);
    expect(printed).toEqual([]);
    expect(floor).toBe(0);
    records(0, callback('delivered', 2));
    await untilKilled(true);
    expect(printed).toEqual(['0 200']);
    expect(floor).toBe(3);
  });

  it.each<[Delivery['state']]>([['held'], ['stopped'], ['abandoned']])(
    'waits for nothing more once its callback is %s',
    async (state) => {
      ends(0, callback('due', 0));
      records(0, callback(state, 0));
      ends(1, callback(state, 0));
      for (const waits of [false, true]) {
        floor = 0;
        printed = [];
        await untilKilled(waits);
        expect(printed).toEqual(['0', '1']);
      }
    },
  );

  it('does not wait for messages about items, nor for those that are sent by hand later', async () => {
    const items = callback('due', 0, { id: 'msg_items' as DeliveryId, type: 'batch.items' });
    const other = { id: 'msg_other' as DeliveryId };
    ends(0, items);
    ends(1, callback('due', 0));
    records(1, callback('delivered', 1, other));
    await untilKilled();
    expect(printed).toEqual(['0']);
    records(1, callback('delivered', 1));
    records(1, callback('due', 0, other));
    records(1, callback('due', 1, other));
    printed = [];
    await untilKilled();
    // The end of the other one was before what was to be waited for.
    expect(printed).toEqual(['1 200']);
  });
});

describe('at the end of a run', () => {
  it('what still waits for its callback is printed as it is then, and never again', async () => {
    ends(0, callback('due', 0));
    ends(1);
    records(0, callback('due', 1));
    const printer = await toItsEnd(true);
    expect(printed).toEqual(['1', '0 503']);
    expect(printer.counts()).toEqual({ printed: 2, notCompleted: 0 });
    expect(floor).toBe(3);
    records(0, callback('delivered', 2));
    await toItsEnd();
    expect(printed).toEqual(['1', '0 503']);
    expect(floor).toBe(4);
  });

  it('a document is printed that a killed run waited for, whatever the next run waits for', async () => {
    ends(0, callback('due', 0));
    records(0, callback('due', 1));
    await untilKilled(true);
    expect(printed).toEqual([]);
    await toItsEnd(false);
    expect(printed).toEqual(['0 503']);
  });

  it('thousands that wait are printed page by page', async () => {
    for (let index = 0; index < 450; index += 1) {
      const job = { ...sampleJobIn('completed', 0), id: sampleJobIn('completed', 1000 + index).id };
      events.push({
        ...{ type: 'ended', jobId: job.id, job, at: job.created_at, journalId: 'j', seq: index + 1 },
        deliveries: [callback('due', 0)],
      });
    }
    const printer = await toItsEnd();
    expect(printer.counts().printed).toBe(450);
    expect(new Set(printed.map((_, index) => events[index]?.jobId)).size).toBe(450);
    expect(floor).toBe(450);
  });
});

it('goes on as events come', async () => {
  const printer = printerFor(false);
  printer.start();
  ends(0);
  tell();
  ends(1);
  tell();
  await printer.finish();
  expect(printed).toEqual(['0', '1']);
});
