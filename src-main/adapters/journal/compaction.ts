/**
 * Drops what no one needs any more: events that the history has applied, and with them the jobs that have ended
 * and owe no callback, unless no history keeps those. Bounded steps, so that a large backlog never holds up the
 * event loop; they share the commits of whatever else is written.
 */
import type { Database } from './database.ts';
import type { Meta } from './meta.ts';

export interface Compaction {
  /** Events up to here are applied by the history, and no reader may ask for them again. */
  floor(): number;
  /** Up to here events are dropped but for those that are their job's newest. */
  swept(): number;
  /**
   * Raises the floor, and drops what is below it in steps that follow. It is durable soon, and before anything is
   * dropped: a crash before that makes the history hear events again that it knows.
   */
  raiseFloor(seq: number): void;
  /** Goes on with what an earlier process left. */
  resume(): void;
  stop(): void;
}

const EVENTS_PER_STEP = 1000;
const JOBS_PER_STEP = 500;
/** What a step counts as in a commit: a quarter of one, since what it drops is mostly little. */
const ROWS_OF_STEP = 64;

export interface CompactionOptions {
  /** Ended jobs stay, with their newest event. */
  keepsEnded: boolean;
  /** Told of a step that failed; the next acknowledgement tries again. */
  onFailure: (error: unknown) => void;
}

export function createCompaction(
  database: Database,
  meta: Meta,
  { keepsEnded, onFailure }: CompactionOptions,
): Compaction {
  const { sqlite } = database;
  let floor = storedNumber(meta, 'floor');
  let swept = storedNumber(meta, 'swept');
  let keptFloor = floor;
  let isScheduled = false;
  let isStopped = false;

  // The conditions are those of the partial index `jobs_over`, word for word.
  const dropJobs = sqlite.prepare(
    `DELETE FROM jobs WHERE ordinal IN (
       SELECT ordinal FROM jobs WHERE active = 0 AND callback <> 'due' AND open = 0 AND seq <= ?
         ORDER BY seq LIMIT ${JOBS_PER_STEP}
     ) RETURNING seq`,
  );
  const dropEvent = sqlite.prepare('DELETE FROM events WHERE seq = ?');
  const dropSuperseded = sqlite.prepare(
    `DELETE FROM events WHERE seq > ? AND seq <= ?
       AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.seq = events.seq)`,
  );

  /** Within a transaction. True where there may be more to do. */
  function step(): boolean {
    if (floor > keptFloor) {
      meta.write('floor', String(floor));
      keptFloor = floor;
    }
    // Not even looked at where they stay: what is swept is below `swept`, and no step begins before it.
    const jobs = keepsEnded ? [] : dropJobs.all(floor);
    for (const { seq } of jobs) if (Number(seq) <= swept) dropEvent.run(Number(seq));
    const upTo = Math.min(swept + EVENTS_PER_STEP, floor);
    if (upTo > swept) {
      dropSuperseded.run(swept, upTo);
      meta.write('swept', String(upTo));
      swept = upTo;
    }
    return jobs.length === JOBS_PER_STEP || swept < floor;
  }

  function schedule(): void {
    if (isScheduled || isStopped) return;
    isScheduled = true;
    database.write({ apply: step, sizeBytes: 0, rows: ROWS_OF_STEP }).then(
      (hasMore) => {
        isScheduled = false;
        if (hasMore || floor > keptFloor) schedule();
      },
      (error: unknown) => {
        isScheduled = false;
        if (isStopped) return;
        swept = storedNumber(meta, 'swept');
        keptFloor = storedNumber(meta, 'floor');
        onFailure(error);
      },
    );
  }

  return {
    floor: () => floor,
    swept: () => swept,
    raiseFloor(seq) {
      if (seq <= floor) return;
      floor = seq;
      schedule();
    },
    resume: schedule,
    stop() {
      isStopped = true;
    },
  };
}

/** 0 where nothing was stored; a value that is none counts as 0 too, which only asks for work done already. */
function storedNumber(meta: Meta, key: string): number {
  const value = Number(meta.read(key) ?? 0);
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
