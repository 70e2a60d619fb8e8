/** Brings the items of a batch into the store, once: what changes at their source later changes nothing. */
import { AppError } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import type { JobError } from '#shared/job/error-codes.ts';
import { type JobId, parseJobId } from '#shared/job/job-id.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import type { ItemInput, ItemSource, ItemStore } from '../ports.ts';

export interface BatchLoad {
  store: ItemStore;
  source: ItemSource;
  jobId: JobId;
  items: Items;
  /** True once they are no longer wanted: the load ends, and is done again by the next run. */
  isEnded: () => boolean;
  /** True of a batch that runs now. */
  isActive: (id: JobId) => boolean;
}

const PAGE_LENGTH = 256;

/**
 * Loads them, or gives what is wrong with them: then none are kept. Gives null as well where they are no longer
 * wanted.
 * @throws what the store throws when it refuses them
 */
export async function loadBatch(load: BatchLoad): Promise<JobError | null> {
  let found: { problem: unknown } | null = null;

  async function* pages(): AsyncGenerator<readonly ItemInput[]> {
    try {
      for await (const page of pagesOf(load)) {
        // Thrown, not returned: half of the items never count as all of them.
        if (load.isEnded()) throw new LoadEnded();
        yield page;
      }
    } catch (problem) {
      found = { problem };
      throw problem;
    }
  }

  try {
    await load.store.load(load.jobId, pages());
    return null;
  } catch (error) {
    if (error instanceof LoadEnded) return null;
    if (found === null && !isAboutItems(error)) throw error;
    return { code: 'invalid-items', message: toErrorValue(error).message };
  }
}

class LoadEnded extends Error {}

/** What the store itself finds wrong with items, such as an index that is there twice. */
function isAboutItems(error: unknown): boolean {
  return error instanceof AppError && error.code === 'invalid-document';
}

function pagesOf({ store, source, items, isActive }: BatchLoad): AsyncIterable<readonly ItemInput[]> {
  return 'failed_of' in items ? unfinishedItems(store, items.failed_of, isActive) : source.read(items);
}

/** The items of an earlier batch that failed or were cancelled, with the index they had there. */
async function* unfinishedItems(
  store: ItemStore,
  from: string,
  isActive: BatchLoad['isActive'],
): AsyncGenerator<ItemInput[]> {
  const id = parseJobId(from);
  if (id === null || !store.isLoaded(id)) {
    throw unusable(
      `Expected failed_of to name a batch whose items are kept here, got ${from}: it was deleted, or never ran here. Run its own items instead.`,
    );
  }
  if (isActive(id)) throw unusable(`${from} still runs: wait for its end, then run again what failed of it.`);
  const { failed, cancelled } = store.counts(id);
  if (failed + cancelled === 0) {
    throw unusable(`No item of ${from} failed or was cancelled: there is nothing to run again.`);
  }
  for (const status of ['failed', 'cancelled'] as const) {
    let after: number | null = null;
    for (;;) {
      const page: ItemInput[] = store
        .page(id, status, after, PAGE_LENGTH)
        .map(({ index, item }) => ({ index, item }));
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.index;
      yield page;
    }
  }
}

function unusable(message: string): AppError {
  return new AppError('invalid-document', message);
}
