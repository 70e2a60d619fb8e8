/** Reads the deliveries of a data directory beside the process that has it open. */
import type { AppError } from '#shared/app-error.ts';
import type { Delivery, DeliveryId } from '#shared/callback/delivery.ts';
import type { DeliveryStore } from '../../core/ports.ts';
import { createDeliveryRows } from '../deliveries/delivery-rows.ts';
import { createDeliveryStatements, type Row } from '../deliveries/delivery-statements.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

export interface DeliveryReader extends Pick<DeliveryStore, 'find' | 'body' | 'ofJob' | 'page'> {
  /** The first of the ids that begin with `start`, in their order. */
  idsFrom(start: string, limit: number): DeliveryId[];
}

export interface DeliveryReaderOptions {
  isDelivery: (value: unknown) => value is Delivery;
  /** Told of each row that is damaged, once. */
  onDamaged: (error: AppError) => void;
}

export function createDeliveryReader(
  database: Database,
  { isDelivery, onDamaged }: DeliveryReaderOptions,
): DeliveryReader {
  const { file, sqlite } = database;
  const statements = createDeliveryStatements(database);
  // What is damaged is set aside by the owner alone.
  const rows = createDeliveryRows({ file, isDelivery, onDamaged, leftOut: () => {} });
  const ids = explained(file, () =>
    sqlite.prepare('SELECT id FROM deliveries WHERE id >= ? ORDER BY id LIMIT ?'),
  );
  const read = (query: () => Iterable<Row>, limit = Infinity) =>
    explained(file, () => rows.read(query(), { limit }).deliveries);

  return {
    idsFrom: (start, limit) =>
      explained(file, () =>
        ids
          .all(start, limit)
          .map(({ id }) => id as DeliveryId)
          .filter((id) => id.startsWith(start)),
      ),
    find: (id) => read(() => [statements.find(id)].filter((row) => row !== undefined))[0],
    body: (id) => explained(file, () => statements.body(id)),
    ofJob: (jobId) => read(() => statements.newestOfJob(jobId, -1)).reverse(),
    page: (state, before, limit) => read(() => statements.page(state, before ?? AFTER_ALL_IDS), limit),
  };
}

const AFTER_ALL_IDS = 'msg_~';
