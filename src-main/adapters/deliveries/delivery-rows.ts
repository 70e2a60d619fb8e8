/** Rows of deliveries are `unknown` until they are checked here: a damaged one is named, the rest stays readable. */
import { AppError } from '#shared/app-error.ts';
import type { Delivery } from '#shared/callback/delivery.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { type Placed, placedOf, type Row } from './delivery-statements.ts';

export interface DeliveryRows {
  /**
   * Up to `limit` deliveries of those rows that `accepts`, fewer where their records are longer than `maxLength`
   * characters together, but never none for that. Damaged rows are left out.
   */
  read(rows: Iterable<Row>, limits?: ReadLimits): ReadDeliveries;
}

export interface ReadDeliveries {
  deliveries: Delivery[];
  /** Of their records, in characters. */
  length: number;
}

export interface ReadLimits {
  limit?: number;
  maxLength?: number;
  accepts?: (row: Row) => boolean;
}

export interface DeliveryRowsOptions {
  file: string;
  isDelivery: (value: unknown) => value is Delivery;
  /** Told of each damaged row, once. */
  onDamaged: (error: AppError) => void;
  /** Told of damaged rows whenever they are met, after the rows were read. */
  leftOut: (rows: readonly Placed[]) => void;
}

export function createDeliveryRows({
  file,
  isDelivery,
  onDamaged,
  leftOut,
}: DeliveryRowsOptions): DeliveryRows {
  const reported = new Set<unknown>();

  function deliveryOf(row: Row): Delivery | AppError {
    const value = parse(String(row.record));
    const reason = isDelivery(value) ? mismatch(row, value) : 'it does not hold a valid delivery';
    if (reason === null) return value as Delivery;
    return new AppError(
      'invalid-document',
      `Delivery ${row.id} of ${row.job_id} in ${file} is damaged: ${reason}. It is left out and not sent; send the callback again, or delete that job to drop it.`,
    );
  }

  function report(row: Row, error: AppError): void {
    if (reported.has(row.id)) return;
    reported.add(row.id);
    onDamaged(error);
  }

  return {
    read(
      rows,
      { limit = Number.POSITIVE_INFINITY, maxLength = Number.POSITIVE_INFINITY, accepts = () => true } = {},
    ) {
      const deliveries: Delivery[] = [];
      const damaged: Placed[] = [];
      let length = 0;
      for (const row of rows) {
        if (deliveries.length >= limit) break;
        if (!accepts(row)) continue;
        const longer = length + String(row.record).length;
        if (deliveries.length > 0 && longer > maxLength) break;
        const delivery = deliveryOf(row);
        if (delivery instanceof AppError) {
          report(row, delivery);
          damaged.push(placedOf(row));
        } else {
          deliveries.push(delivery);
          length = longer;
        }
      }
      if (damaged.length > 0) leftOut(damaged);
      return { deliveries, length };
    },
  };
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined; // which is no delivery, and named as such
  }
}

/** What a record says otherwise than its row, by which it was found. */
function mismatch(row: Row, { id, jobId, url, state, nextAttemptAt }: Delivery): string | null {
  if (id !== row.id) return `it holds the delivery ${id}`;
  if (jobId !== row.job_id) return `it holds a delivery of ${jobId}`;
  if (url !== row.url) return 'it holds another URL';
  if (state !== row.state) return `its state is ${row.state} and ${state}`;
  if ((state === 'due') !== (nextAttemptAt !== null)) return 'it does not say when it is due';
  return null;
}
