/** The journal's tables, version by version. A step is never changed once it was released: add the next one. */

/**
 * Each job's newest record is the event that `jobs.seq` names, so a record is stored once for each event and not
 * a second time for the job. Ids are random, and every index over them costs a page a write: there is one, and a
 * job's events are found by following `earlier`.
 */
const VERSION_1 = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- AUTOINCREMENT: a number is never given twice, not even after the newest event was dropped.
  -- earlier: the seq of the job's event before this one, which may be dropped already.
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    earlier INTEGER,
    job_id TEXT NOT NULL,
    at TEXT NOT NULL,
    type TEXT NOT NULL,
    job TEXT NOT NULL
  ) STRICT;

  -- ordinal: the seq of the job's first event, which is the order of submission.
  CREATE TABLE jobs (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL UNIQUE REFERENCES events (seq),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    callback TEXT NOT NULL CHECK (callback IN ('none', 'due', 'delivered', 'abandoned'))
  ) STRICT;
  CREATE INDEX jobs_active ON jobs (ordinal) WHERE active = 1;
  CREATE INDEX jobs_due ON jobs (seq) WHERE callback = 'due';
  CREATE INDEX jobs_over ON jobs (seq) WHERE active = 0 AND callback <> 'due';
`;

/** The step from version n to n + 1 is at index n. */
export const MIGRATIONS: readonly string[] = [VERSION_1];
