import { describe, expect, it, vi } from 'vitest';
import type { ItemPage } from '#shared/contract/items.ts';
import type { ItemRecord, ItemStatus } from '#shared/job/items.ts';
import { ITEM_PAGE, ItemList } from '../../../../../../src-renderer/features/job-detail/items/item-list.ts';
import { FakeRunnerState } from '../../../../../fakes/fake-runner-state.ts';
import { sampleJob } from '../../../../../fakes/sample-jobs.ts';

const JOB = sampleJob(0).id;

function item(index: number, status: ItemStatus = 'pending'): ItemRecord {
  return {
    index,
    item: `item ${index}`,
    status,
    attempts: 0,
    duration_ns: null,
    ttft_ns: null,
    result: null,
    error: null,
  };
}

function listOf(items: ItemRecord[], status: ItemStatus | null = null) {
  const state = new FakeRunnerState();
  state.items.set(JOB, items);
  const read = vi.fn(
    async (after: number | null, limit: number): Promise<ItemPage> =>
      state.page({ jobId: JOB, status, after, limit }),
  );
  const list = new ItemList(read);
  const indices = () => list.getSnapshot().rows.map(({ index }) => index);
  return { state, read, list, indices };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('the list of items', () => {
  it('is read page by page to its end, each item once', async () => {
    const { list, indices } = listOf(range(0, 2 * ITEM_PAGE + 4).map((index) => item(index)));
    await list.loadMore();
    expect(indices()).toEqual(range(0, ITEM_PAGE - 1));
    expect(list.getSnapshot().isWhole).toBe(false);
    await list.loadMore();
    await list.loadMore();
    expect(indices()).toEqual(range(0, 2 * ITEM_PAGE + 4));
    expect(list.getSnapshot()).toMatchObject({ isWhole: true, counts: { pending: 2 * ITEM_PAGE + 5 } });
  });

  it('reads the rows in sight again and leaves the others where they are', async () => {
    const items = range(0, 49).map((index) => item(index));
    const { list, read, indices } = listOf(items);
    await list.loadMore();
    items[10] = item(10, 'completed');
    items[30] = item(30, 'failed');
    await list.refresh(5, 14);
    expect(read).toHaveBeenLastCalledWith(4, 10);
    expect(indices()).toEqual(range(0, 49));
    expect(list.getSnapshot().rows[10]?.status).toBe('completed');
    expect(list.getSnapshot().rows[30]?.status).toBe('pending');
    expect(list.getSnapshot().isWhole).toBe(true);
  });

  it('grows with a batch whose items come while it is looked at', async () => {
    const items: ItemRecord[] = [];
    const { list, indices } = listOf(items);
    await list.loadMore();
    expect(indices()).toEqual([]);
    items.push(...range(0, 3).map((index) => item(index)));
    await list.refresh(0, 0);
    expect(indices()).toEqual([0, 1, 2, 3]);
  });

  it('forgets nothing that is asked for during a read', async () => {
    const { list, indices } = listOf(range(0, ITEM_PAGE + 1).map((index) => item(index)));
    await Promise.all([list.loadMore(), list.loadMore()]);
    expect(indices()).toHaveLength(ITEM_PAGE + 2);
  });

  it('drops what left the status that is shown, and takes in what came to it', async () => {
    const items = [item(0, 'running'), item(1, 'running'), item(2), item(3)];
    const { list, indices } = listOf(items, 'running');
    await list.loadMore();
    expect(indices()).toEqual([0, 1]);
    items[0] = item(0, 'completed');
    items[2] = item(2, 'running');
    await list.refresh(0, 1);
    expect(indices()).toEqual([1, 2]);
  });

  it('shows items with the places they had in the first batch', async () => {
    const { list, indices } = listOf([item(7, 'completed'), item(19)]);
    await list.loadMore();
    expect(indices()).toEqual([7, 19]);
  });

  it('says why it could not be read, and what was read before stays', async () => {
    const { list, read, indices } = listOf([item(0), item(1)]);
    await list.loadMore();
    read.mockRejectedValueOnce(new Error('The items are no longer kept.'));
    await list.refresh(0, 1);
    expect(list.getSnapshot().error).toBe('The items are no longer kept.');
    expect(indices()).toEqual([0, 1]);
    await list.refresh(0, 1);
    expect(list.getSnapshot().error).toBeNull();
  });
});
