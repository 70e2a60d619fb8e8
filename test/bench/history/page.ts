/** What runs in the browser: the history's own code, and beside it IndexedDB with nothing in between. */
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type JobdeckDatabase, openDatabase } from '../../../src-renderer/db/database.ts';
import { writeImportPage } from '../../../src-renderer/db/import-page.ts';
import { beginImport } from '../../../src-renderer/db/imports.ts';
import type { JobRow, JobRowDraft } from '../../../src-renderer/db/job-row.ts';
import { allJobs, type JobView, jobsPage, viewCounts } from '../../../src-renderer/db/queries.ts';
import { placed } from '../../../src-renderer/db/search-words.ts';
import { toRow } from '../../../src-renderer/db/to-row.ts';
import { ROWS_A_TRANSACTION, writeRows } from '../../../src-renderer/db/write-rows.ts';
import { historyJob } from './history-jobs.ts';

const IMPORT_ID = '3f2a77b1-1f0c-4a6e-9d20-5b8c7e614f3a';
const PAGE = 100;
const EXPORT_PAGE = 1000;
const READS = 21;
/** Keys of rows that are put beside those of the history, which it has not come to. */
const RAW_KEYS = 1_000_000_000;

export interface HistoryPage {
  /** Rows a second of each way to write `count` rows into an empty database, one after the other. */
  writeBeside(count: number, round: number): Promise<{ raw: number; rows: number; imported: number }>;
  /** Adds the jobs numbered from `from` on, as many as it takes for `upTo` in all. */
  grow(from: number, upTo: number): Promise<number>;
  /**
   * Rows a second that an import adds to the grown history, and beside it bare `put` loops into the very same store,
   * in turns. What the latter write is counted nowhere.
   * @param from the number of the first job that is not in it
   */
  growBeside(from: number, pages: number): Promise<{ raw: number; imported: number }>;
  /** Milliseconds of each reading, medians. */
  read(): Promise<Record<string, number>>;
  /** Records a second that an export reads, from the newest on. */
  exportRows(count: number): Promise<number>;
}

const VIEW: JobView = { filter: 'all', search: '' };

const bench: HistoryPage = {
  async writeBeside(count, round) {
    const jobs = Array.from({ length: count }, (_, number) => historyJob(number));
    const drafts = jobs.map(toImported);
    const ways = {
      raw: () => writeRaw(`raw-${round}`, drafts),
      rows: () =>
        writeOwn(`rows-${round}`, drafts, (db, page) =>
          db.change(async () => await writeRows(db, page.map(added))),
        ),
      imported: () => writeOwn(`imported-${round}`, jobs, importer()),
    };
    const names = Object.keys(ways) as (keyof typeof ways)[];
    const result = { raw: 0, rows: 0, imported: 0 };
    // Who begins changes from round to round.
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? 'raw';
      result[name] = await ways[name]();
    }
    return result;
  },
  async grow(from, upTo) {
    const db = openDatabase('grown');
    const write = importer();
    const startedAt = performance.now();
    for (let at = from; at < upTo; at += ROWS_A_TRANSACTION) {
      const jobs = Array.from({ length: Math.min(ROWS_A_TRANSACTION, upTo - at) }, (_, index) =>
        historyJob(at + index),
      );
      await write(db, jobs);
    }
    db.close();
    return (upTo - from) / ((performance.now() - startedAt) / 1000);
  },
  async growBeside(from, pages) {
    const db = openDatabase('grown');
    const raw = await rawConnection('grown');
    const write = importer();
    const seconds = { raw: 0, imported: 0 };
    let next = from;
    const nextJobs = () => Array.from({ length: ROWS_A_TRANSACTION }, () => historyJob(next++));
    const ways = {
      imported: (jobs: BatchJob[]) => write(db, jobs),
      raw: (jobs: BatchJob[]) => putRows(raw, rowsOf(jobs.map(toImported), RAW_KEYS + next)),
    };
    for (let page = 0; page < pages; page += 1) {
      const names = Object.keys(ways) as (keyof typeof ways)[];
      for (const name of page % 2 === 0 ? names : names.toReversed()) {
        const jobs = nextJobs();
        const startedAt = performance.now();
        await ways[name](jobs);
        seconds[name] += (performance.now() - startedAt) / 1000;
      }
    }
    raw.close();
    db.close();
    const rows = pages * ROWS_A_TRANSACTION;
    return { raw: rows / seconds.raw, imported: rows / seconds.imported };
  },
  async read() {
    const opened = await medianOf(async () => {
      const db = openDatabase('grown');
      await jobsPage(db, VIEW, { limit: PAGE });
      db.close();
    });
    const db = openDatabase('grown');
    const first = (view: Partial<JobView>) => medianOf(() => firstPage(db, { ...VIEW, ...view }));
    const second = await jobsPage(db, VIEW, { limit: PAGE });
    const figures = {
      'open to first rows': opened,
      'next page': await medianOf(() => jobsPage(db, VIEW, { limit: PAGE, before: second.next })),
      'page by name': await first({ sort: { column: 'name', direction: 'asc' } }),
      'page by duration': await first({ sort: { column: 'duration', direction: 'desc' } }),
      'page of failed': await first({ filter: 'failed' }),
      counters: await medianOf(() => viewCounts(db)),
      'search a common word': await first({ search: 'photos' }),
      'search a rare word': await first({ search: 'zebra' }),
      'search two common terms': await first({ search: 'status:failed tag:nightly' }),
      'search a duration': await first({ search: 'duration:>50m' }),
      'search a time': await first({ search: 'created:<2025-01-02 kind:command' }),
      'search without a word': await first({ search: 'photos -tag:nightly' }),
    };
    db.close();
    return figures;
  },
  async exportRows(count) {
    const db = openDatabase('grown');
    const startedAt = performance.now();
    let read = 0;
    for await (const rows of allJobs(db, VIEW, EXPORT_PAGE)) {
      read += rows.map(({ job }) => JSON.stringify(job)).length;
      if (read >= count) break;
    }
    db.close();
    return read / ((performance.now() - startedAt) / 1000);
  },
};
Object.assign(globalThis, { bench });

/** Writes pages as one import does. */
function importer(): (db: JobdeckDatabase, jobs: readonly BatchJob[]) => Promise<unknown> {
  let begun: Promise<{ id: string }> | undefined;
  return async (db, jobs) => {
    begun ??= beginImport(db, 'bench');
    const { id } = await begun;
    return await writeImportPage(
      db,
      id,
      jobs.map((job) => ({ job, choice: 'mine' })),
    );
  };
}

const added = (after: JobRowDraft) => ({ before: undefined, after });

/** A search may give an empty page and the place to go on from: what a person waits for is the first row. */
async function firstPage(db: JobdeckDatabase, view: JobView): Promise<void> {
  let page = await jobsPage(db, view, { limit: PAGE });
  while (page.rows.length === 0 && page.next !== null) {
    page = await jobsPage(db, view, { limit: PAGE, before: page.next });
  }
}

async function writeOwn<T>(
  name: string,
  list: readonly T[],
  write: (db: JobdeckDatabase, page: readonly T[]) => Promise<unknown>,
): Promise<number> {
  const db = openDatabase(name);
  await db.open();
  const startedAt = performance.now();
  for (let at = 0; at < list.length; at += ROWS_A_TRANSACTION)
    await write(db, list.slice(at, at + ROWS_A_TRANSACTION));
  const seconds = (performance.now() - startedAt) / 1000;
  await db.delete();
  return list.length / seconds;
}

/** The same rows into a store with the same indexes: `put` in a loop, strict transactions of as many. */
async function writeRaw(name: string, drafts: readonly JobRowDraft[]): Promise<number> {
  const model = openDatabase(`${name}-model`);
  await model.open();
  const { primKey, indexes } = model.jobs.schema;
  await model.delete();
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const store = opening.result.createObjectStore('history', { keyPath: primKey.keyPath as string });
    for (const { name: index, keyPath, unique, multi } of indexes) {
      store.createIndex(index, keyPath as string | string[], {
        unique: unique === true,
        multiEntry: multi === true,
      });
    }
  };
  const raw = await resultOf(opening);
  const rows = rowsOf(drafts, 1);
  const startedAt = performance.now();
  for (let at = 0; at < rows.length; at += ROWS_A_TRANSACTION) {
    await putRows(raw, rows.slice(at, at + ROWS_A_TRANSACTION));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  raw.close();
  await resultOf(indexedDB.deleteDatabase(name));
  return rows.length / seconds;
}

const toImported = (job: BatchJob) => toRow(job, { origin: 'imported', importId: IMPORT_ID });

function rowsOf(drafts: readonly JobRowDraft[], firstKey: number): JobRow[] {
  return drafts.map((draft, index) => {
    const key = firstKey + index;
    return { ...draft, key, words: placed(draft.words, { createdAtMs: draft.createdAtMs, key }) };
  });
}

function putRows(raw: IDBDatabase, rows: readonly JobRow[]): Promise<void> {
  const transaction = raw.transaction('history', 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore('history');
  for (const row of rows) store.put(row);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
  });
}

/** To a history that is there, past Dexie. */
function rawConnection(name: string): Promise<IDBDatabase> {
  return resultOf(indexedDB.open(name));
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(READS / 2)] ?? Number.NaN;
}
