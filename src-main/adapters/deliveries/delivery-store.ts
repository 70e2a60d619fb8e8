/** Deliveries over SQLite, in the database of the journal, whose writes make and change them. */
import type { AppError } from '#shared/app-error.ts';
import { type Delivery, type DeliveryId, isOpen } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { hostOf, originOf } from '../../core/callbacks/delivery-place.ts';
import type { DeliveryStore } from '../../core/ports.ts';
import { createUntoldItems } from '../items/untold-items.ts';
import type { Database } from '../journal/database.ts';
import { explain, explained } from '../journal/sqlite-error.ts';
import { createCallbackMarks } from './callback-marks.ts';
import { createDeliveryRows, type ReadDeliveries, type ReadLimits } from './delivery-rows.ts';
import { createDeliveryStatements, type Placed, type Row } from './delivery-statements.ts';
import { createDeliveryWrites, type DeliveryWrites } from './delivery-writes.ts';

export interface SqliteDeliveryStore extends DeliveryStore {
  /** For the journal, in whose transactions deliveries are written. */
  readonly writes: DeliveryWrites;
  /** What was written of deliveries with an event, checked; null where it is damaged. */
  parse(text: string): Delivery[] | null;
  /** The newest of a job, oldest first: up to `limit`, fewer where they are longer than `maxLength` characters. */
  newestOfJob(jobId: JobId, limits: { limit: number; maxLength: number }): ReadDeliveries;
}

export interface DeliveryStoreOptions {
  isDelivery: (value: unknown) => value is Delivery;
  /** Told of a damaged row, once each. Reading and writing go on. */
  onProblem: (error: AppError) => void;
}

/** @throws AppError where the database can't be read */
export function createDeliveryStore(
  database: Database,
  { isDelivery, onProblem }: DeliveryStoreOptions,
): SqliteDeliveryStore {
  const { file } = database;
  const statements = createDeliveryStatements(database);
  const untold = createUntoldItems(database);
  const writes = createDeliveryWrites(statements, untold);
  const rows = createDeliveryRows({ file, isDelivery, onDamaged: onProblem, leftOut: setAside });

  /** One that is due and can't be read would be its host's first for ever, and all of its job would wait behind it. */
  function setAside(damaged: readonly Placed[]): void {
    const open = damaged.filter(isOpen);
    if (open.length === 0) return;
    try {
      database.transaction(() => open.forEach(writes.setAside));
    } catch (error) {
      onProblem(explain(file, error));
    }
  }

  const read = (query: () => Iterable<Row>, limits?: ReadLimits) =>
    explained(file, () => rows.read(query(), limits));
  const newestOfJob = (jobId: JobId, limits: ReadLimits): ReadDeliveries => {
    const { deliveries, length } = read(() => statements.newestOfJob(jobId, limits.limit ?? -1), limits);
    return { deliveries: deliveries.reverse(), length };
  };

  return {
    writes,
    newestOfJob,
    parse(text) {
      const value = parsed(text);
      return Array.isArray(value) && value.every(isDelivery) ? value : null;
    },
    counts: () => explained(file, () => statements.counts()),
    hosts: () =>
      explained(file, () => {
        const hosts: ReturnType<DeliveryStore['hosts']> = [];
        for (
          let next = statements.nextHost(null);
          next !== undefined;
          next = statements.nextHost(next.host)
        ) {
          hosts.push(next);
        }
        return hosts;
      }),
    sendable: (host, limit) => read(() => statements.sendable(host), { limit }).deliveries,
    find: (id) => read(() => found(statements.find(id))).deliveries[0],
    body: (id) => explained(file, () => statements.body(id)),
    ofJob: (jobId) => newestOfJob(jobId, {}).deliveries,
    page: (state, before, limit) =>
      read(() => statements.page(state, before ?? AFTER_ALL_IDS), { limit }).deliveries,
    heldFor: (origin, limit) =>
      read(() => statements.held(hostOf(origin)), {
        limit,
        accepts: ({ url }) => originOf(String(url)) === origin,
      }).deliveries,
    ...createCallbackMarks(database),
    untoldItems: untold.page,
    jobsWithUntoldItems: untold.jobs,
  };
}

const AFTER_ALL_IDS = 'msg_~' as DeliveryId;

const found = (row: Row | undefined): Row[] => (row === undefined ? [] : [row]);

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined; // which is no list of deliveries
  }
}
