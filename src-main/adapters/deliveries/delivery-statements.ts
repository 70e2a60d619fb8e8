/** The delivery tables' SQL, each statement under a name and with its types. */
import type { Delivery, DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { Database } from '../journal/database.ts';
import { explained } from '../journal/sqlite-error.ts';
import { hostOf } from './delivery-place.ts';

/** A row as the queries give it. */
export type Row = Record<string, unknown>;

/** What a change of a delivery begins with. Written by this application and checked by the table itself. */
export interface Placed {
  ordinal: number;
  jobId: string;
  url: string;
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
    placed: sqlite.prepare('SELECT ordinal, job_id, url, state, attempts FROM deliveries WHERE id = ?'),
    add: sqlite.prepare(
      `INSERT INTO deliveries (id, job_id, url, host, state, next_at, attempts, record, blocked)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    addBody: sqlite.prepare('INSERT INTO delivery_bodies (ordinal, body) VALUES (?, ?)'),
    change: sqlite.prepare(
      'UPDATE deliveries SET state = ?, next_at = ?, attempts = ?, record = ? WHERE ordinal = ?',
    ),
    setAside: sqlite.prepare("UPDATE deliveries SET state = 'stopped', next_at = NULL WHERE ordinal = ?"),
    dueInOrder: sqlite.prepare(
      `SELECT ordinal FROM deliveries WHERE job_id = ? AND state = 'due' AND url = ? ORDER BY ordinal LIMIT 2`,
    ),
    setBlocked: sqlite.prepare('UPDATE deliveries SET blocked = ? WHERE ordinal = ?'),
    // What version 2 left to make is made with the first delivery.
    settleJob: sqlite.prepare(
      `UPDATE jobs SET callback = 'none',
         open = EXISTS (SELECT 1 FROM deliveries WHERE job_id = jobs.id AND state IN ('due', 'held')) WHERE id = ?`,
    ),
    dropBodies: sqlite.prepare(
      'DELETE FROM delivery_bodies WHERE ordinal IN (SELECT ordinal FROM deliveries WHERE job_id = ?)',
    ),
    drop: sqlite.prepare('DELETE FROM deliveries WHERE job_id = ? RETURNING state, attempts'),
    counts: sqlite.prepare('SELECT due, untried, held FROM delivery_counts'),
    addCounts: sqlite.prepare(
      'UPDATE delivery_counts SET due = due + ?, untried = untried + ?, held = held + ?',
    ),
    nextHost: sqlite.prepare(
      `SELECT host, next_at FROM deliveries WHERE state = 'due' AND blocked = 0 AND host > ?
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
    /** Gives its ordinal. */
    add(delivery: Delivery, body: string, isBlocked: boolean): number {
      const { id, jobId, url, state, nextAttemptAt, attemptCount } = delivery;
      const { lastInsertRowid } = sql.add.run(
        ...[id, jobId, url, hostOf(url), state, nextAttemptAt, attemptCount, JSON.stringify(delivery)],
        isBlocked ? 1 : 0,
      );
      sql.addBody.run(lastInsertRowid, body);
      return Number(lastInsertRowid);
    },
    change(ordinal: number, delivery: Delivery): void {
      const { state, nextAttemptAt, attemptCount } = delivery;
      sql.change.run(state, nextAttemptAt, attemptCount, JSON.stringify(delivery), ordinal);
    },
    /** Ends one whose record can't be read, which stays as it is. */
    setAside: (ordinal: number) => void sql.setAside.run(ordinal),
    /** The two oldest that are due, of a job and to a URL. */
    dueInOrder: (jobId: string, url: string) =>
      sql.dueInOrder.all(jobId, url).map(({ ordinal }) => Number(ordinal)),
    setBlocked: (ordinal: number, isBlocked: boolean) => void sql.setBlocked.run(isBlocked ? 1 : 0, ordinal),
    settleJob: (jobId: string) => void sql.settleJob.run(jobId),
    /** Gives what it dropped. */
    drop(jobId: JobId): Pick<Placed, 'state' | 'attempts'>[] {
      sql.dropBodies.run(jobId);
      return sql.drop.all(jobId).map(endOf);
    },
    counts(): DeliveryCounts {
      const { due, untried, held } = sql.counts.get() ?? {};
      return { due: Number(due), untried: Number(untried), held: Number(held) };
    },
    addCounts: ({ due, untried, held }: DeliveryCounts) => void sql.addCounts.run(due, untried, held),
    /** The first host after another one, in the order of their names; one step in the index, however many wait. */
    nextHost(after: string): { host: string; nextAttemptAt: string } | undefined {
      const row = sql.nextHost.get(after);
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

const SELECT = 'SELECT ordinal, id, job_id, url, state, attempts, record FROM deliveries';

export function placedOf(row: Row): Placed {
  return { ordinal: Number(row.ordinal), jobId: String(row.job_id), url: String(row.url), ...endOf(row) };
}

function endOf(row: Row): Pick<Placed, 'state' | 'attempts'> {
  return { state: row.state as DeliveryState, attempts: Number(row.attempts) };
}
