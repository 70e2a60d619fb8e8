/** The tables of the one database, version by version. A step is never changed once it was released: add the next one. */

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

/**
 * Items are in two tables, what never changes of one apart from what does: a value of 20 KB is not written again
 * with each status (which halves the cost of a run of such items). Both have row ids: rows are large, and an index
 * B-tree, which `WITHOUT ROWID` makes of a table, moves all but the first kilobyte of a row elsewhere.
 */
const VERSION_2 = `
  -- position: among the waiting jobs of a queue and priority; null where it was never moved, and it is the ordinal.
  ALTER TABLE jobs ADD COLUMN position REAL;

  CREATE TABLE queues (name TEXT PRIMARY KEY, slots INTEGER, mode TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- job_id: null where the items are no longer wanted, and are dropped step by step.
  -- loaded: 0 while there may be more items to come.
  -- The counts are kept with each change: never counted.
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    job_id TEXT UNIQUE,
    loaded INTEGER NOT NULL DEFAULT 0 CHECK (loaded IN (0, 1)),
    pending INTEGER NOT NULL DEFAULT 0,
    running INTEGER NOT NULL DEFAULT 0,
    completed INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE item_values (
    batch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (batch, idx)
  ) STRICT;

  -- outcome: durations, result and error as JSON; null before the first end.
  CREATE TABLE items (
    batch INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    attempts INTEGER NOT NULL,
    outcome TEXT,
    PRIMARY KEY (batch, idx)
  ) STRICT;
  CREATE INDEX items_by_status ON items (batch, status, idx);
`;

/**
 * Deliveries outlive the record of their job, which the history keeps: they go when the job is forgotten. As with
 * items, what never changes of one is apart from what does: bodies are long, and an attempt does not write one again.
 */
const VERSION_3 = `
  ALTER TABLE events ADD COLUMN deliveries TEXT;

  -- callback, from now on: 'due' where version 2 left a callback to make, until an event of the job names deliveries.
  -- open: how many deliveries of the job are due or held.
  ALTER TABLE jobs ADD COLUMN open INTEGER NOT NULL DEFAULT 0;
  DROP INDEX jobs_over;
  CREATE INDEX jobs_over ON jobs (seq) WHERE active = 0 AND callback <> 'due' AND open = 0;

  -- next_at: RFC 3339 with milliseconds, which sorts as text; null unless it is due.
  -- lane: the ordinal of the job's first delivery to the same URL: they are sent one after the other.
  -- blocked: 1 while an older one of the lane is due.
  -- record: all of the delivery, as JSON.
  CREATE TABLE deliveries (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    job_id TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('due', 'held', 'delivered', 'abandoned', 'stopped')),
    next_at TEXT,
    lane INTEGER NOT NULL,
    blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
    attempts INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  -- Of the job's random id alone nothing else is indexed, and this does not change with a delivery.
  CREATE INDEX deliveries_of_job ON deliveries (job_id, ordinal);
  CREATE INDEX deliveries_due ON deliveries (lane, ordinal) WHERE state = 'due';
  CREATE INDEX deliveries_sendable ON deliveries (host, next_at, ordinal) WHERE state = 'due' AND blocked = 0;
  CREATE INDEX deliveries_held ON deliveries (host, ordinal) WHERE state = 'held';
  CREATE INDEX deliveries_by_state ON deliveries (state, id);

  -- What is sent: the same bytes with each attempt.
  CREATE TABLE delivery_bodies (ordinal INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;

  -- One row. The counts are kept with each change: never counted.
  CREATE TABLE delivery_counts (due INTEGER NOT NULL, untried INTEGER NOT NULL, held INTEGER NOT NULL) STRICT;
  INSERT INTO delivery_counts VALUES (0, 0, 0);

  CREATE TABLE callback_origins (origin TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE callback_gone (url TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- untold: set while a callback is still to tell of the item's end; rises from one of the batch to the next.
  ALTER TABLE items ADD COLUMN untold INTEGER;
  CREATE INDEX items_untold ON items (batch, untold) WHERE untold IS NOT NULL;
`;

/** The step from version n to n + 1 is at index n. */
export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3];
