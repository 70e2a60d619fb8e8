/** Items that a crash interrupted: the store says they run, and nothing of this process runs them. */
import { toErrorValue } from '#shared/contract/result.ts';
import type { BatchJob } from '#shared/job/batch-job.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { Executor, ItemStore } from '../ports.ts';
import { endAfterCrash } from './item-end.ts';
import type { StoreWrites } from './store-writes.ts';

export interface Interruption {
  job: BatchJob;
  store: ItemStore;
  executor: Executor;
  writes: StoreWrites;
  /** Asked when the store refuses: true to leave the rest to the next start. */
  givesUp: () => boolean;
  /** True where the callback is told of the end of an item. */
  tellsItems: (job: BatchJob) => boolean;
  /** Told of each that will not run again. */
  failed: (item: ItemRecord) => void;
}

const PAGE_LENGTH = 64;

/** Ends what they left running and records what their interruption means; gives the processes that live on. */
export async function settleInterrupted(interruption: Interruption): Promise<number[]> {
  const { job, store } = interruption;
  const survivors: number[] = [];
  let after: number | null = null;
  for (;;) {
    const page = store.page(job.id, 'running', after, PAGE_LENGTH);
    const last = page.at(-1);
    if (last === undefined) return survivors;
    after = last.index;
    for (const left of await Promise.all(page.map((item) => settle(item, interruption)))) {
      survivors.push(...left);
    }
  }
}

async function settle(
  item: ItemRecord,
  { job, store, executor, writes, givesUp, tellsItems, failed }: Interruption,
): Promise<number[]> {
  const { survivors, notice } = await reap(job, item, executor);
  const end = endAfterCrash(job, item, notice);
  const isToBeTold = end.status === 'failed' && tellsItems(job);
  const isDurable = await writes.persist(() => store.end(job.id, end, isToBeTold), givesUp);
  if (isDurable && end.status === 'failed') failed({ ...end, item: item.item });
  return survivors;
}

async function reap(
  job: BatchJob,
  { index, attempts }: ItemRecord,
  executor: Executor,
): Promise<{ survivors: number[]; notice: string }> {
  try {
    const { survivors } = await executor.reap({ jobId: job.id, attempt: attempts, item: index });
    if (survivors.length === 0) return { survivors, notice: '' };
    return { survivors, notice: `Processes it left and that could not be ended: ${survivors.join(', ')}.` };
  } catch (error) {
    const notice = `Whether it left processes behind could not be found out: ${toErrorValue(error).message}`;
    return { survivors: [], notice };
  }
}
