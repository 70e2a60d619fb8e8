/** `callbacks --data DIR`: what was sent, and what is to be. */
import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { DataReader } from '../../adapters/control/data-reader.ts';
import { type CliContext, EXIT } from '../cli-types.ts';
import { readingData } from '../data/data-directory.ts';
import { DELIVERY_HEADINGS, deliveryCells } from '../data/delivery-cells.ts';
import { findJob } from '../data/find-job.ts';
import { shortIds } from '../data/short-ids.ts';
import { tableRow, widthsOf } from '../data/table.ts';
import { writeOut } from '../lines.ts';

export interface ListCallbacks {
  data: string;
  state: DeliveryState | null;
  /** The beginning of an id. */
  job: string | null;
  json: boolean;
}

const PER_PAGE = 200;

export function listCallbacks(
  { data, state, job, json }: ListCallbacks,
  { io }: CliContext,
): Promise<number> {
  return readingData(data, io, async (reader) => {
    const context = {
      shortId: shortIds(reader.deliveries.idsFrom),
      shortJobId: shortIds(reader.idsFrom),
      nowMs: Date.now(),
    };
    let widths: number[] | null = null;
    for (const page of pagesOf(reader, state, job)) {
      if (json) {
        await writeOut(io.stdout, page.map((delivery) => `${JSON.stringify(delivery)}\n`).join(''));
        continue;
      }
      const rows = page.map((delivery) => deliveryCells(delivery, context));
      const head = widths === null ? [DELIVERY_HEADINGS] : [];
      // Of the first page: the table is written as it is read, however long it is.
      widths ??= widthsOf([DELIVERY_HEADINGS, ...rows]);
      await writeOut(io.stdout, [...head, ...rows].map((cells) => tableRow(cells, widths ?? [])).join(''));
    }
    if (widths === null && !json) {
      io.stderr.write(state === null ? 'There are no callbacks.\n' : `No callback is ${state}.\n`);
    }
    return EXIT.ok;
  });
}

/** Newest first. None of them is empty. */
function* pagesOf(
  reader: DataReader,
  state: DeliveryState | null,
  job: string | null,
): Generator<Delivery[]> {
  if (job !== null) {
    const all = reader.deliveries.ofJob(findJob(reader, job).id).reverse();
    const wanted = all.filter((delivery) => state === null || delivery.state === state);
    if (wanted.length > 0) yield wanted;
    return;
  }
  yield* allPages(reader, state);
}

/** Newest first. */
export function* allPages({ deliveries }: DataReader, state: DeliveryState | null): Generator<Delivery[]> {
  for (let before: DeliveryId | null = null; ; ) {
    const page: Delivery[] = deliveries.page(state, before, PER_PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    before = last.id;
  }
}
