/**
 * `--results FILE`: one line for each item of a batch as it ends, each item once, over any number of kills and resumes.
 *
 * The item store is the truth: an item's end is durable there before its line is written. Which items the file has is
 * read from the file itself, so a line and the knowledge of it can't differ. Whatever is missing when a batch ends is
 * added from the store, and only then its document is delivered: what a kill left out comes with the resume.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BatchJob, jobdeckOf } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { itemResultLine } from '../../adapters/items/item-results.ts';
import type { Workspace } from '../../adapters/workspace-types.ts';
import { createIndexSet, type IndexSet } from './index-set.ts';
import { openLineFile } from './line-file.ts';

export interface ResultsFile {
  /** An item has ended. */
  add(jobId: JobId, record: ItemRecord): void;
  /** Resolves once the file has all items of the batch that have ended; rejects with what a write failed with. */
  complete(job: BatchJob): Promise<void>;
  /** Resolves once all that was added is synced; rejects with what a write failed with. */
  flush(): Promise<void>;
  /** `listener` is told once that lines can no longer be written. */
  onFailure(listener: () => void): void;
  close(): Promise<void>;
}

const PAGE_ITEMS = 256;
/** What waits to be written, characters. More is left out here, and added when its batch ends. */
const MAX_WAITING_LENGTH = 8 * 1024 * 1024;
/** The beginning of a line has the job's id and the index: ids of whole length are far shorter. */
const START_BYTES = 1024;
const LINE_START = /^\{"job_id":("(?:[^"\\]|\\.)*"),"index":(\d+),/u;

/** @throws AppError `io` */
export async function openResultsFile(
  path: string,
  mode: 'replace' | 'add',
  items: Workspace['items'],
): Promise<ResultsFile> {
  const file = await openLineFile(path, mode);
  const written = new Map<string, IndexSet>();
  if (mode === 'add') {
    await file.eachLine({ of: 'start', maxBytes: START_BYTES }, (start) => {
      const [, id, index] = LINE_START.exec(start) ?? [];
      if (id !== undefined) indexesOf(JSON.parse(id)).add(Number(index));
    });
  }
  let waiting: string[] = [];
  let waitingLength = 0;
  let writing: Promise<void> | null = null;
  let failure: { reason: unknown } | null = null;
  let tellFailure = () => {};

  const isFull = () => waitingLength > MAX_WAITING_LENGTH;

  function indexesOf(jobId: string): IndexSet {
    const known = written.get(jobId) ?? createIndexSet();
    written.set(jobId, known);
    return known;
  }

  function add(jobId: JobId, record: ItemRecord): void {
    if (failure !== null || isFull()) return;
    const indexes = indexesOf(jobId);
    if (indexes.has(record.index)) return;
    indexes.add(record.index);
    const line = itemResultLine({ jobId, record });
    waiting.push(line);
    waitingLength += line.length;
    writing ??= writeAll();
  }

  /** Whatever came while a page was synced is the next page. */
  async function writeAll(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const page = waiting;
        waiting = [];
        waitingLength = 0;
        await file.append(page);
      }
    } catch (reason) {
      failure = { reason };
      tellFailure();
    } finally {
      writing = null;
    }
  }

  async function flush(): Promise<void> {
    await writing;
    if (failure !== null) throw failure.reason;
  }

  return {
    add,
    async complete(job) {
      if (jobdeckOf(job)?.items === undefined) return;
      for (let after: number | null = null; ; ) {
        const page = items.page(job.id, null, after, PAGE_ITEMS);
        const last = page.at(-1);
        if (last === undefined) break;
        for (const record of page) {
          if (!hasEnded(record)) continue;
          if (isFull()) await flush();
          add(job.id, record);
        }
        await flush();
        await nextTurn();
        after = last.index;
      }
      await flush();
    },
    flush,
    onFailure(listener) {
      tellFailure = listener;
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}

function hasEnded({ status }: ItemRecord): boolean {
  return status !== 'pending' && status !== 'running';
}
