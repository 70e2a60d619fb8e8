/** The journal over SQLite: the runner's durable store, and the outbox of the history. */
import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import { MAX_PAGE } from '#shared/contract/limits.ts';
import type { SnapshotJob } from '#shared/contract/outbox.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { JobEvent } from '#shared/job/events.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { isActive } from '#shared/job/lifecycle.ts';
import type { Journal, JournalWrite, StoredJob } from '../../core/ports.ts';
import type { SqliteDeliveryStore } from '../deliveries/delivery-store.ts';
import { createCompaction } from './compaction.ts';
import type { Database } from './database.ts';
import { createForgetting } from './forgetting.ts';
import { createMeta, keptOnce } from './meta.ts';
import { type PreparedWrite, prepareWrite } from './prepared-write.ts';
import { explain, explained } from './sqlite-error.ts';
import { createRowReader, type Row } from './stored-rows.ts';

export interface SqliteJournal extends Journal {
  /** Takes nothing any more and ends its housekeeping. What waits is committed when the database closes. */
  close(): void;
}

export interface JournalOptions {
  isJob: (value: unknown) => value is BatchJob;
  /** Of the same database. */
  deliveries: Pick<SqliteDeliveryStore, 'writes' | 'parse' | 'newestOfJob'>;
  /** Told of a damaged row (once each) and of housekeeping that failed. Reading and writing go on. */
  onProblem: (error: AppError) => void;
  /** Ended jobs stay until they are forgotten, each with its newest event. */
  keepsEnded?: boolean;
}

/** A page ends after this many characters of records, so that an answer stays one message. */
const MAX_PAGE_LENGTH = 16 * 1024 * 1024;

/** @throws AppError where the database can't be read */
export function createSqliteJournal(database: Database, options: JournalOptions): SqliteJournal {
  const { isJob, deliveries, onProblem, keepsEnded = false } = options;
  const { file, sqlite } = database;
  const meta = createMeta(database);
  const journalId = keptOnce(meta, 'journal_id', randomUUID);
  const rows = createRowReader({
    file,
    journalId,
    isJob,
    parseDeliveries: deliveries.parse,
    onDamaged: onProblem,
  });
  const compaction = createCompaction(database, meta, {
    keepsEnded,
    onFailure: (error) => onProblem(explain(file, error)),
  });
  const forget = createForgetting(database, deliveries.writes);
  let closed = false;

  const statements = explained(file, () => ({
    insertEvent: sqlite.prepare(
      'INSERT INTO events (earlier, job_id, at, type, job, deliveries) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    placeOf: sqlite.prepare('SELECT ordinal, seq FROM jobs WHERE id = ?'),
    insertJob: sqlite.prepare(
      "INSERT INTO jobs (id, ordinal, seq, active, callback, open) VALUES (?, ?, ?, ?, 'none', ?)",
    ),
    updateJob: sqlite.prepare(
      `UPDATE jobs SET seq = ?, active = ?, open = open + ?, callback = coalesce(?, callback) WHERE ordinal = ?`,
    ),
    deleteEvent: sqlite.prepare('DELETE FROM events WHERE seq = ?'),
    head: sqlite.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'"),
    setPosition: sqlite.prepare('UPDATE jobs SET position = ? WHERE id = ?'),
    find: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.id = ?`),
    active: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.active = 1 ORDER BY jobs.ordinal`),
    due: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.callback = 'due' AND jobs.active = 0 ORDER BY jobs.seq`),
    jobsAfter: sqlite.prepare(`${SELECT_JOBS} WHERE jobs.id > ? ORDER BY jobs.id`),
    eventsAfter: sqlite.prepare(
      'SELECT seq, job_id, at, type, job, deliveries FROM events WHERE seq > ? ORDER BY seq',
    ),
  }));
  let head = explained(file, () => Number(statements.head.get()?.seq ?? 0));
  compaction.resume();

  async function appendAll(writes: readonly JournalWrite[]): Promise<JobEvent[]> {
    refuseWhenClosed();
    const prepared = writes.map(prepareWrite);
    const written = await database.write({
      // A refusal is answered, not thrown: what shares the commit is none the worse for it.
      apply: () => deliveries.writes.refusalOf(writes) ?? prepared.map(insert),
      committed(events) {
        if (!(events instanceof AppError)) head = events.at(-1)?.seq ?? head;
      },
      sizeBytes: prepared.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      rows: prepared.reduce((sum, { rows }) => sum + rows, 0),
    });
    if (written instanceof AppError) throw written;
    return written;
  }

  function refuseWhenClosed(): void {
    if (closed) throw new AppError('closing', `${file} is closed and takes nothing any more.`);
  }

  function insert({ write, ...texts }: PreparedWrite): JobEvent {
    const { event } = write;
    const { jobId, at, type, job } = event;
    const place = statements.placeOf.get(jobId);
    const earlier = place === undefined ? null : Number(place.seq);
    const seq = Number(
      statements.insertEvent.run(...[earlier, jobId, at, type, texts.job, texts.deliveries]).lastInsertRowid,
    );
    const active = isActive(job.status) ? 1 : 0;
    const opened = deliveries.writes.keep(write);
    if (place === undefined || earlier === null) {
      statements.insertJob.run(jobId, seq, seq, active, opened);
    } else {
      // What version 2 left to make is made with the first event that names deliveries.
      const callback = event.deliveries === undefined ? null : 'none';
      statements.updateJob.run(seq, active, opened, callback, Number(place.ordinal));
      // Below the floor only the newest event of a job is kept, and this one was it until now.
      if (earlier <= compaction.swept()) statements.deleteEvent.run(earlier);
    }
    return { ...event, journalId, seq };
  }

  function jobsOf(found: Iterable<Row>): StoredJob[] {
    const jobs: StoredJob[] = [];
    for (const row of found) {
      const job = rows.orReport(row, rows.job);
      if (job !== null) jobs.push(job);
    }
    return jobs;
  }

  function storedAfter(id: JobId | null, limit: number): StoredJob[] {
    // Counted after the check, so that a page full of damaged rows does not look like the last one.
    const jobs: StoredJob[] = [];
    for (const row of statements.jobsAfter.iterate(id ?? '')) {
      if (jobs.length === limit) break;
      jobs.push(...jobsOf([row]));
    }
    return jobs;
  }

  return {
    journalId,
    append: async (write) => (await appendAll([write]))[0] as JobEvent,
    appendAll,
    async setPosition(id, position) {
      refuseWhenClosed();
      await database.write({ apply: () => void statements.setPosition.run(position, id), sizeBytes: 0 });
    },
    activeJobs: () => explained(file, () => jobsOf(statements.active.all())),
    find(id) {
      const row = explained(file, () => statements.find.get(id));
      return row === undefined ? undefined : rows.job(row);
    },
    callbacksDue: () => explained(file, () => jobsOf(statements.due.all()).map(({ job }) => job)),
    head: () => head,
    floor: compaction.floor,
    eventsAfter: (seq, limit) =>
      explained(file, () => {
        const events: JobEvent[] = [];
        let length = 0;
        // Counted after the check, so that damaged ones do not look like the end of it.
        for (const row of statements.eventsAfter.iterate(seq)) {
          if (events.length === limit) break;
          length += String(row.job).length + String(row.deliveries ?? '').length;
          if (events.length > 0 && length > MAX_PAGE_LENGTH) break;
          const event = rows.orReport(row, rows.event);
          if (event !== null) events.push(event);
        }
        return events;
      }),
    jobsAfter: (id, limit) =>
      explained(file, () => {
        const page: SnapshotJob[] = [];
        let length = 0;
        for (const { seq, job } of storedAfter(id, limit)) {
          const made = deliveries.newestOfJob(job.id, { limit: MAX_PAGE, maxLength: MAX_PAGE_LENGTH });
          length += made.length;
          if (page.length > 0 && length > MAX_PAGE_LENGTH) break;
          page.push({ seq, job, deliveries: made.deliveries });
        }
        return page;
      }),
    acknowledge(seq) {
      if (seq > compaction.floor()) compaction.raiseFloor(Math.min(seq, head));
    },
    async forget(ids) {
      refuseWhenClosed();
      await forget(ids);
    },
    close() {
      closed = true;
      compaction.stop();
    },
  };
}

const SELECT_JOBS = `SELECT jobs.id AS job_id, events.seq AS seq, events.job AS job,
    coalesce(jobs.position, jobs.ordinal) AS position
  FROM jobs JOIN events ON events.seq = jobs.seq`;
