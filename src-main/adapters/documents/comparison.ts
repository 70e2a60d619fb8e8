/** Two sets of records of any size, compared by id: one of them is kept in a temporary database meanwhile. */
import { DatabaseSync } from 'node:sqlite';
import type { BatchJob } from '#shared/job/batch-job.ts';
import { type Difference, differences } from '#shared/json/differences.ts';
import { parseJson } from '#shared/json/parse-json.ts';
import { explained } from '../journal/sqlite-error.ts';

export type Compared =
  | { kind: 'same' }
  | { kind: 'only-in-b' }
  | { kind: 'changed'; differences: Difference[] };

export interface Comparison {
  /** All of A comes before the first of B; each id at most once in both. */
  addA(job: BatchJob): void;
  compareB(job: BatchJob): Compared;
  /** The ids that B did not have, in the order of A. */
  onlyInA(): Iterable<string>;
  close(): void;
}

const NAME = 'The temporary file of the comparison';
const PER_TRANSACTION = 1000;

/** As the spool of an import, a temporary database that a crash leaves nothing of. */
export function openComparison(): Comparison {
  const sqlite = explained(NAME, () => {
    const opened = new DatabaseSync('');
    opened.exec('PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -16384');
    opened.exec('CREATE TABLE a (place INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, job TEXT NOT NULL)');
    opened.exec('CREATE TABLE b (place INTEGER PRIMARY KEY); BEGIN');
    return opened;
  });
  const insert = sqlite.prepare('INSERT INTO a (id, job) VALUES (?, ?)');
  const find = sqlite.prepare('SELECT place, job FROM a WHERE id = ?');
  const mark = sqlite.prepare('INSERT INTO b (place) VALUES (?)');
  const left = sqlite.prepare('SELECT id FROM a WHERE place NOT IN (SELECT place FROM b) ORDER BY place');
  let written = 0;
  const wrote = (): void => {
    if (++written % PER_TRANSACTION === 0) sqlite.exec('COMMIT; BEGIN');
  };

  return {
    addA: (job) =>
      explained(NAME, () => {
        insert.run(job.id, JSON.stringify(job));
        wrote();
      }),
    compareB: (job) =>
      explained(NAME, () => {
        const row = find.get(job.id);
        if (row === undefined) return { kind: 'only-in-b' };
        mark.run(Number(row.place));
        wrote();
        const text = String(row.job);
        if (text === JSON.stringify(job)) return { kind: 'same' };
        const { count, shown } = differences(parseJson(text), job);
        return count === 0 ? { kind: 'same' } : { kind: 'changed', differences: shown };
      }),
    *onlyInA() {
      for (const { id } of left.iterate()) yield String(id);
    },
    close: () => sqlite.close(),
  };
}
