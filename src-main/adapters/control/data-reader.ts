/** Reads a data directory beside the process that has it open: WAL readers hold up no writer, and see whole commits. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#shared/app-error.ts';
import type { QueueSettings } from '#shared/contract/runner-state.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord, ItemStatusCounts } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { createItemRows } from '../items/item-rows.ts';
import { createItemStatements } from '../items/item-statements.ts';
import type { Database } from '../journal/database.ts';
import { MIGRATIONS } from '../journal/migrations.ts';
import { explained } from '../journal/sqlite-error.ts';
import { createRowReader, type Row } from '../journal/stored-rows.ts';
import { createQueueStore } from '../queues/queue-store.ts';
import { isDelivery, isJob } from '../validators/index.ts';
import { createDeliveryReader, type DeliveryReader } from './delivery-reader.ts';

export interface DataReader {
  /** The first of the ids that begin with `start`, in their order. */
  idsFrom(start: string, limit: number): JobId[];
  find(id: JobId): BatchJob | undefined;
  /** All jobs in the order of their submission, a page at a time. A page may be empty: damaged ones are left out. */
  pages(): Generator<BatchJob[]>;
  activeJobs(): BatchJob[];
  /** Of a batch whose items are there. */
  counts(id: JobId): ItemStatusCounts | undefined;
  item(id: JobId, index: number): ItemRecord | undefined;
  /** The queues that have settings. */
  queues(): QueueSettings[];
  readonly deliveries: DeliveryReader;
  /** True where something was written since the last call. Costs microseconds. */
  changed(): boolean;
  close(): void;
}

const BUSY_TIMEOUT_MS = 1000;
const JOBS_PER_PAGE = 200;

/**
 * Opens the journal of a data directory for reading. Each method reads what is committed when it is called.
 * @param onDamaged told of each row that is damaged, once
 * @throws AppError `not-found` where there is none, `unsupported` where another version wrote it, `io`
 */
export function openDataReader(directory: string, onDamaged: (error: AppError) => void): DataReader {
  const file = join(directory, 'journal.sqlite');
  if (!existsSync(file)) {
    throw new AppError('not-found', `Expected the data directory of a run at ${directory}, got none.`);
  }
  const sqlite = explained(file, () => new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS }));
  try {
    return explained(file, () => readerOf(file, sqlite, directory, onDamaged));
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

function readerOf(
  file: string,
  sqlite: DatabaseSync,
  directory: string,
  onDamaged: (error: AppError) => void,
): DataReader {
  expectVersion(file, sqlite, directory);
  const rows = createRowReader({ file, journalId: '', isJob, parseDeliveries: () => null, onDamaged });
  const database = readOnly(file, sqlite);
  const items = createItemStatements(database);
  const itemRows = createItemRows({ file, onDamaged });
  const queues = createQueueStore(database, { onProblem: onDamaged });
  const deliveries = createDeliveryReader(database, { isDelivery, onDamaged });
  const statements = {
    ids: sqlite.prepare('SELECT id FROM jobs WHERE id >= ? ORDER BY id LIMIT ?'),
    find: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.id = ?`),
    after: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.ordinal > ? ORDER BY jobs.ordinal LIMIT ?`),
    active: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.active = 1 ORDER BY jobs.ordinal`),
    version: sqlite.prepare('PRAGMA data_version'),
  };
  let version: unknown = null;
  const jobsOf = (found: Row[]) => found.flatMap((row) => rows.orReport(row, rows.job)?.job ?? []);

  return {
    idsFrom: (start, limit) =>
      explained(file, () =>
        statements.ids
          .all(start, limit)
          .map(({ id }) => id as JobId)
          .filter((id) => id.startsWith(start)),
      ),
    find(id) {
      const row = explained(file, () => statements.find.get(id));
      return row === undefined ? undefined : rows.job(row).job;
    },
    *pages() {
      // Each page is a read of its own: one that lasted would keep the owner's log from being reset.
      for (let last = 0; ; ) {
        const page = explained(file, () => statements.after.all(last, JOBS_PER_PAGE));
        yield jobsOf(page);
        if (page.length < JOBS_PER_PAGE) return;
        last = Number(page.at(-1)?.ordinal);
      }
    },
    activeJobs: () => jobsOf(explained(file, () => statements.active.all())),
    counts: (id) => explained(file, () => items.batchOf(id)?.counts),
    item: (id, index) =>
      explained(file, () => {
        const batch = items.batchOf(id)?.id;
        const row = batch === undefined ? undefined : items.item(batch, index);
        return row === undefined ? undefined : itemRows.record(id, row);
      }),
    queues: () => queues.load(),
    deliveries,
    changed: () =>
      explained(file, () => {
        const before = version;
        version = statements.version.get()?.data_version;
        return version !== before;
      }),
    close: () => sqlite.close(),
  };
}

const SELECT_JOBS = `SELECT jobs.ordinal AS ordinal, jobs.id AS job_id, events.seq AS seq, events.job AS job,
    coalesce(jobs.position, jobs.ordinal) AS position
  FROM jobs JOIN events ON events.seq = jobs.seq`;

/** The statements of the stores, over a connection that refuses to write. */
function readOnly(file: string, sqlite: DatabaseSync): Database {
  const refuse = (): never => {
    throw new AppError('internal', `Expected ${file} to be read alone here.`);
  };
  return { file, sqlite, transaction: refuse, write: refuse, close: () => sqlite.close() };
}

function expectVersion(file: string, sqlite: DatabaseSync, directory: string): void {
  const version = Number(sqlite.prepare('PRAGMA user_version').get()?.user_version);
  if (version === MIGRATIONS.length) return;
  const what =
    version > MIGRATIONS.length
      ? 'a newer Jobdeck: use that one.'
      : `an older Jobdeck: "resume --data ${directory}" brings it up to date.`;
  throw new AppError('unsupported', `${file} was written by ${what}`);
}
