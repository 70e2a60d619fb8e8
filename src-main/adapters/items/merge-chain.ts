/** A batch and the re-runs of what failed of it, as one sequence of items. */
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';

/** What came of an item, and in which job of the chain. */
export interface ItemOutcome {
  jobId: JobId;
  record: ItemRecord;
}

export interface ChainLink {
  jobId: JobId;
  /** The items after an index, in the order of their index; none after the last. Null is before the first. */
  readPage: (after: number | null) => readonly ItemRecord[] | Promise<readonly ItemRecord[]>;
}

/**
 * Each index once, in order, with the newest result: that of the last job of the chain in which the item was begun, or
 * the first one's where it never was. Holds one page of each job.
 * @param chain the first batch, then each re-run
 */
export async function* mergeChain(chain: readonly ChainLink[]): AsyncGenerator<ItemOutcome> {
  const cursors = await Promise.all(chain.map(openCursor));
  for (;;) {
    const lowest = Math.min(...cursors.map(({ record }) => record?.index ?? Number.POSITIVE_INFINITY));
    let newest: ItemOutcome | null = null;
    for (const cursor of cursors) {
      const { jobId, record } = cursor;
      if (record?.index !== lowest) continue;
      if (newest === null || record.attempts > 0) newest = { jobId, record };
      await cursor.advance();
    }
    if (newest === null) return;
    yield newest;
  }
}

interface Cursor {
  jobId: JobId;
  /** Undefined at the end. */
  record: ItemRecord | undefined;
  advance(): Promise<void>;
}

async function openCursor({ jobId, readPage }: ChainLink): Promise<Cursor> {
  let page: readonly ItemRecord[] = [];
  let at = 0;
  let after: number | null = null;
  const cursor: Cursor = {
    jobId,
    record: undefined,
    async advance() {
      at++;
      if (at >= page.length) {
        page = await readPage(after);
        at = 0;
        after = page.at(-1)?.index ?? after;
      }
      cursor.record = page[at];
    },
  };
  await cursor.advance();
  return cursor;
}
