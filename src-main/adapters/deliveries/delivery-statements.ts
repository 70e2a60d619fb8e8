/** The delivery tables' SQL, each statement under a name and with its types. */
import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { hostOf } from '../../core/callbacks/delivery-place.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';

/** A row as the queries give it. */
export type Row = Record<string, unknown>;

/** What a change of a delivery begins with. Written by this application and checked by the table itself. */
export interface Placed {
  ordinal: number;
  jobId: string;
  lane: number;
  isBlocked: boolean;
  state: DeliveryState;
  attempts: number;
}

export interface DeliveryCounts {
  due: number;
  untried: number;
  held: number;
}

export type DeliveryStatements = ReturnType<typeof createDeliveryStatements>;

export function createDeliveryStatements({ file, sqlite }: Database) {
  const sql = explained(file, () => ({
    placed: sqlite.prepare(`${SELECT_PLACE} FROM deliveries WHERE id = ?`),
    add: sqlite.prepare(
      `INSERT INTO deliveries (id, job_id, url, host, state, next_at, attempts, record, blocked, lane)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, (SELECT coalesce(max(ordinal), 0) + 1 FROM deliveries)))`,
    ),
    laneTo: sqlite.prepare(
      'SELECT lane FROM deliveries WHERE job_id = ? AND url = ? ORDER BY ordinal DESC LIMIT 1',
    ),
    addBody: sqlite.prepare('INSERT INTO delivery_bodies (ordinal, body) VALUES (?, ?)'),
    change: sqlite.prepare(
      'UPDATE deliveries SET state = ?, next_at = ?, attempts = ?, record = ? WHERE ordinal = ?',
    ),
    setAside: sqlite.prepare("UPDATE deliveries SET state = 'stopped', next_at = NULL WHERE ordinal = ?"),
    dueInOrder: sqlite.prepare(
      "SELECT ordinal FROM deliveries WHERE lane = ? AND state = 'due' ORDER BY ordinal LIMIT 2",
    ),
    setBlocked: sqlite.prepare('UPDATE deliveries SET blocked = ? WHERE ordinal = ?'),
    closeOfJob: sqlite.prepare('UPDATE jobs SET open = open - ? WHERE id = ?'),
    // The newest first: what others of a lane wait for is there as long as they are.
    drop: sqlite.prepare(
      `DELETE FROM deliveries WHERE ordinal IN (
         SELECT ordinal FROM deliveries WHERE job_id = ? ORDER BY ordinal DESC LIMIT ?
       ) RETURNING ordinal, state, attempts`,
    ),
    dropBody: sqlite.prepare('DELETE FROM delivery_bodies WHERE ordinal = ?'),
    counts: sqlite.prepare('SELECT due, untried, held FROM delivery_counts'),
    addCounts: sqlite.prepare(
      'UPDATE delivery_counts SET due = due + ?, untried = untried + ?, held = held + ?',
    ),
    nextHost: sqlite.prepare(
      `SELECT host, next_at FROM deliveries INDEXED BY deliveries_sendable WHERE state = 'due' AND blocked = 0 AND host >= ?
         ORDER BY host, next_at LIMIT 1`,
    ),
    sendable: sqlite.prepare(
      `${SELECT} WHERE state = 'due' AND blocked = 0 AND host = ? ORDER BY next_at, ordinal`,
    ),
    find: sqlite.prepare(`${SELECT} WHERE id = ?`),
    body: sqlite.prepare(
      'SELECT body FROM delivery_bodies WHERE ordinal = (SELECT ordinal FROM deliveries WHERE id = ?)',
    ),
    // The inner query is answered by the index alone: only what is asked for is read.
    newestOfJob: sqlite.prepare(
      `${SELECT} WHERE ordinal IN (SELECT ordinal FROM deliveries WHERE job_id = ? ORDER BY ordinal DESC LIMIT ?)
         ORDER BY ordinal DESC`,
    ),
    page: sqlite.prepare(`${SELECT} WHERE id < ? ORDER BY id DESC`),
    pageIn: sqlite.prepare(`${SELECT} WHERE state = ? AND id < ? ORDER BY id DESC`),
    held: sqlite.prepare(`${SELECT} WHERE state = 'held' AND host = ? ORDER BY ordinal`),
  }));

  return {
    placed(id: DeliveryId): Placed | undefined {
      const row = sql.placed.get(id);
      return row === undefined ? undefined : placedOf(row);
    },
    add(delivery: Delivery, body: string, lane: number | null, isBlocked: boolean): void {
      const { id, jobId, url, state, nextAttemptAt, attemptCount } = delivery;
      const { lastInsertRowid } = sql.add.run(
        ...[id, jobId, url, hostOf(url), state, nextAttemptAt, attemptCount, JSON.stringify(delivery)],
        ...[isBlocked ? 1 : 0, lane],
      );
      sql.addBody.run(lastInsertRowid, body);
    },
    /** Null where the job has no delivery to this URL yet. */
    laneTo: (jobId: JobId, url: string) => (sql.laneTo.get(jobId, url)?.lane as number | undefined) ?? null,
    change(ordinal: number, delivery: Delivery): void {
      const { state, nextAttemptAt, attemptCount } = delivery;
      sql.change.run(state, nextAttemptAt, attemptCount, JSON.stringify(delivery), ordinal);
    },
    /** Ends one whose record can't be read, which stays as it is. */
    setAside: (ordinal: number) => void sql.setAside.run(ordinal),
    /** The two oldest of a lane that are due. */
    dueInOrder: (lane: number) => sql.dueInOrder.all(lane).map(({ ordinal }) => Number(ordinal)),
    setBlocked: (ordinal: number, isBlocked: boolean) => void sql.setBlocked.run(isBlocked ? 1 : 0, ordinal),
    /** So many of its deliveries are open no more. */
    closeOfJob: (jobId: string, count: number) => void sql.closeOfJob.run(count, jobId),
    /** Gives what it dropped. */
    dropSome(jobId: JobId, limit: number): Pick<Placed, 'state' | 'attempts'>[] {
      const dropped = sql.drop.all(jobId, limit);
      for (const { ordinal } of dropped) sql.dropBody.run(Number(ordinal));
      return dropped.map(endOf);
    },
    counts(): DeliveryCounts {
      const { due, untried, held } = sql.counts.get() ?? {};
      return { due: Number(due), untried: Number(untried), held: Number(held) };
    },
    addCounts: ({ due, untried, held }: DeliveryCounts) => void sql.addCounts.run(due, untried, held),
    /**
     * The first host after another one, or of all, in the order of their names; one step in the index, however many
     * wait for it.
     */
    nextHost(after: string | null): { host: string; nextAttemptAt: string } | undefined {
      // Nothing is between a text and the same with a NUL.
      const row = sql.nextHost.get(after === null ? '' : `${after}\u0000`);
      return row === undefined ? undefined : { host: String(row.host), nextAttemptAt: String(row.next_at) };
    },
    sendable: (host: string): Iterable<Row> => sql.sendable.iterate(host),
    find: (id: DeliveryId): Row | undefined => sql.find.get(id),
    body: (id: DeliveryId) => sql.body.get(id)?.body as string | undefined,
    newestOfJob: (jobId: JobId, limit: number): Iterable<Row> => sql.newestOfJob.iterate(jobId, limit),
    page: (state: DeliveryState | null, before: string): Iterable<Row> =>
      state === null ? sql.page.iterate(before) : sql.pageIn.iterate(state, before),
    held: (host: string): Iterable<Row> => sql.held.iterate(host),
  };
}

const SELECT_PLACE = 'SELECT ordinal, job_id, lane, blocked, state, attempts';
const SELECT = `${SELECT_PLACE}, id, url, record FROM deliveries`;

export function placedOf(row: Row): Placed {
  return {
    ordinal: Number(row.ordinal),
    jobId: String(row.job_id),
    lane: Number(row.lane),
    isBlocked: row.blocked === 1,
    ...endOf(row),
  };
}

function endOf(row: Row): Pick<Placed, 'state' | 'attempts'> {
  return { state: row.state as DeliveryState, attempts: Number(row.attempts) };
}
