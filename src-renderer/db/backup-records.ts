/**
 * The history as records of a backup, whatever version of the database it is in: what is read is `unknown`, and what
 * is not as it should be goes into the backup, too, as far as it can be told.
 */
import type { Dexie, Table } from 'dexie';
import type { BackupRecord } from '#shared/contract/backups.ts';
import { inMessages, PageSize } from './row-weight.ts';

/** The stores of jobs, of all versions; in the middle of a move each has a part of them. */
const JOB_STORES = ['history', 'jobs'];
/** Rows at once, at the most: large ones are fewer. */
const PAGE = 250;

/**
 * All that is in the history but not in the trash, a page at a time: jobs, then deliveries, then views. Each page is
 * as it is when it is read, and no larger than a message may be.
 */
export async function* backupRecords(db: Dexie, pageSize = PAGE): AsyncGenerator<BackupRecord[]> {
  for (const store of JOB_STORES) yield* recordsOf(db, store, toJobRecord, pageSize);
  yield* recordsOf(db, 'deliveries', toDeliveryRecord, pageSize);
  yield* recordsOf(db, 'views', toViewRecord, pageSize);
}

/** How many jobs there are, deleted ones with them: counted by the browser, for a progress bar. */
export async function countJobs(db: Dexie): Promise<number> {
  let total = 0;
  for (const store of JOB_STORES) total += (await tableOf(db, store)?.count()) ?? 0;
  return total;
}

async function* recordsOf(
  db: Dexie,
  store: string,
  toRecord: (row: Fields) => BackupRecord | null,
  most: number,
): AsyncGenerator<BackupRecord[]> {
  const table = tableOf(db, store);
  if (table === null) return;
  let last: unknown;
  for (const size = new PageSize(most); ; ) {
    const limit = size.rows;
    const page = last === undefined ? table.orderBy(':id') : table.where(':id').above(last);
    const rows = await page.limit(limit).toArray();
    const records = rows.flatMap((row) => (isFields(row) ? (toRecord(row) ?? []) : []));
    let weight = 0;
    for (const message of inMessages(records)) {
      weight += message.pageWeight;
      yield message.page;
    }
    size.weighed(records.length, weight);
    if (rows.length < limit) return;
    last = keyOf(rows.at(-1), table.schema.primKey.keyPath);
  }
}

/** Null in a version that does not have it. */
function tableOf(db: Dexie, store: string): Table<unknown, unknown> | null {
  return db.tables.some(({ name }) => name === store) ? db.table(store) : null;
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function keyOf(row: unknown, keyPath: unknown): unknown {
  return isFields(row) && typeof keyPath === 'string' ? row[keyPath] : undefined;
}

function toJobRecord({
  job,
  origin,
  approvedAtMs,
  deletedAtMs,
  journalId,
  seq,
}: Fields): BackupRecord | null {
  if (!isFields(job) || (typeof deletedAtMs === 'number' && deletedAtMs !== 0)) return null;
  return {
    kind: 'job',
    job: job as never, // read back, it is checked
    origin: origin === 'author' ? 'author' : 'imported',
    approvedAtMs: typeof approvedAtMs === 'number' ? approvedAtMs : null,
    journalId: typeof journalId === 'string' ? journalId : null,
    seq: typeof seq === 'number' ? seq : 0,
  };
}

function toDeliveryRecord({ delivery, jobName, journalId, seq }: Fields): BackupRecord | null {
  if (!isFields(delivery)) return null;
  return {
    kind: 'delivery',
    delivery: delivery as never, // as a job
    jobName: typeof jobName === 'string' ? jobName : '',
    journalId: typeof journalId === 'string' ? journalId : '',
    seq: typeof seq === 'number' ? seq : 0,
  };
}

/** In one order of keys: the same view gives the same line. */
function toViewRecord({ id, name, filter, search, sort, place }: Fields): BackupRecord {
  return { kind: 'view', view: { id, name, filter, search, sort, place } };
}
