/**
 * `control.sqlite`: where a process writes what it asks of the one that has the data directory open, and reads the
 * answer. A request is there until its asker has the answer, or gave it up.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseJson } from '#shared/json/parse-json.ts';
import { makePrivateFile } from '../journal/private-file.ts';
import { explained } from '../journal/sqlite-error.ts';

export interface ControlFile {
  /**
   * Durable on return.
   * @param expiresMs wall-clock time after which nobody is to do it any more
   */
  ask(request: unknown, expiresMs: number): number;
  /** Undefined while there is none. */
  answerTo(id: number): unknown;
  /** Takes a request back. False where it was taken before, and may have been done. */
  withdraw(id: number): boolean;
  /** Forgets a request and its answer. */
  drop(id: number): void;
  /** The oldest request that nobody has taken, taken now. */
  take(nowMs: number): { id: number; request: unknown } | null;
  answer(id: number, answer: unknown): void;
  /** Forgets what an earlier owner took and never answered, and what nobody waits for. */
  sweep(nowMs: number): void;
  /** True where another process wrote since the last call. Costs microseconds. */
  changed(): boolean;
  close(): void;
}

/** Another process holds the file for milliseconds. */
const BUSY_TIMEOUT_MS = 1000;

const TABLE = `
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1)),
    answer TEXT
  ) STRICT`;

/**
 * Opens the file of a data directory, and makes it where there is none, readable by its owner alone.
 * @throws AppError `io` or `disk-full`; so do the methods
 */
export function openControlFile(directory: string): ControlFile {
  const file = join(directory, 'control.sqlite');
  const sqlite = explained(file, () => {
    makePrivateFile(file);
    const opened = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      opened.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${TABLE}`);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  });
  const statements = explained(file, () => ({
    ask: sqlite.prepare('INSERT INTO requests (request, expires_ms) VALUES (?, ?)'),
    answerTo: sqlite.prepare('SELECT answer FROM requests WHERE id = ?'),
    withdraw: sqlite.prepare('DELETE FROM requests WHERE id = ? AND taken = 0'),
    drop: sqlite.prepare('DELETE FROM requests WHERE id = ?'),
    take: sqlite.prepare(
      `UPDATE requests SET taken = 1
         WHERE id = (SELECT min(id) FROM requests WHERE taken = 0 AND expires_ms > ?)
         RETURNING id, request`,
    ),
    answer: sqlite.prepare('UPDATE requests SET answer = ? WHERE id = ?'),
    sweep: sqlite.prepare('DELETE FROM requests WHERE expires_ms <= ? OR (taken = 1 AND answer IS NULL)'),
    version: sqlite.prepare('PRAGMA data_version'),
  }));
  let version: unknown = null;

  return {
    ask: (request, expiresMs) =>
      explained(file, () => Number(statements.ask.run(JSON.stringify(request), expiresMs).lastInsertRowid)),
    answerTo: (id) =>
      explained(file, () => {
        const answer = statements.answerTo.get(id)?.answer;
        return typeof answer === 'string' ? parseJson(answer) : undefined;
      }),
    withdraw: (id) => explained(file, () => statements.withdraw.run(id).changes === 1),
    drop: (id) => explained(file, () => void statements.drop.run(id)),
    take: (nowMs) =>
      explained(file, () => {
        const row = statements.take.get(nowMs);
        return row === undefined ? null : { id: Number(row.id), request: parseJson(String(row.request)) };
      }),
    answer: (id, answer) => explained(file, () => void statements.answer.run(JSON.stringify(answer), id)),
    sweep: (nowMs) => explained(file, () => void statements.sweep.run(nowMs)),
    changed: () =>
      explained(file, () => {
        const before = version;
        version = statements.version.get()?.data_version;
        return version !== before;
      }),
    close: () => sqlite.close(),
  };
}
