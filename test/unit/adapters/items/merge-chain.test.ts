import { describe, expect, it } from 'vitest';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { itemResultLine } from '../../../../src-main/adapters/items/item-results.ts';
import { type ChainLink, mergeChain } from '../../../../src-main/adapters/items/merge-chain.ts';

const FIRST = 'job-first' as JobId;
const SECOND = 'job-second' as JobId;
const THIRD = 'job-third' as JobId;

const record = (index: number, rest: Partial<ItemRecord> = {}): ItemRecord => ({
  index,
  item: `item ${index}`,
  status: 'completed',
  attempts: 1,
  duration_ns: 1,
  ttft_ns: null,
  result: null,
  error: null,
  ...rest,
});

/** Pages of two, as from a store that is asked for what comes after an index. */
function link(jobId: JobId, records: readonly ItemRecord[]): ChainLink & { asked: (number | null)[] } {
  const asked: (number | null)[] = [];
  return {
    jobId,
    asked,
    readPage(after) {
      asked.push(after);
      return records.filter(({ index }) => after === null || index > after).slice(0, 2);
    },
  };
}

async function merged(...chain: ChainLink[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { jobId, record } of mergeChain(chain))
    found.push(`${record.index} ${record.status} ${jobId}`);
  return found;
}

describe('a batch and its re-runs', () => {
  it('give each index once, in order, with the newest result', async () => {
    const failed = { status: 'failed' } as const;
    expect(
      await merged(
        link(FIRST, [record(0), record(1, failed), record(2), record(3, failed), record(4, failed)]),
        link(SECOND, [record(1), record(3, failed), record(4)]),
        link(THIRD, [record(3)]),
      ),
    ).toEqual([
      '0 completed job-first',
      '1 completed job-second',
      '2 completed job-first',
      '3 completed job-third',
      '4 completed job-second',
    ]);
  });

  it('keep the earlier result of an item that the re-run never began', async () => {
    const never = { attempts: 0, status: 'cancelled' } as const;
    expect(
      await merged(
        link(FIRST, [record(0, { status: 'failed' }), record(1, never)]),
        link(SECOND, [record(0, never), record(1, never)]),
      ),
    ).toEqual(['0 failed job-first', '1 cancelled job-first']);
  });

  it('are nothing where there are no items, and one batch is itself', async () => {
    expect(await merged()).toEqual([]);
    expect(await merged(link(FIRST, []), link(SECOND, []))).toEqual([]);
    expect(await merged(link(FIRST, [record(5)]))).toEqual(['5 completed job-first']);
  });

  it('are read a page at a time, each page once', async () => {
    const first = link(FIRST, [record(0), record(1), record(2), record(3), record(4)]);
    const outcomes = mergeChain([first]);
    await outcomes.next();
    expect(first.asked).toEqual([null]);
    while (!(await outcomes.next()).done);
    expect(first.asked).toEqual([null, 1, 3, 4]);
  });
});

describe('a result line', () => {
  it('has the names that were agreed on, in their order, and the job where the result is from', () => {
    const line = itemResultLine({
      jobId: SECOND,
      record: record(3, { item: { a: 'ü\n' }, result: { exit_code: 0 } }),
    });
    expect(line).toBe(
      '{"job_id":"job-second","index":3,"item":{"a":"ü\\n"},"status":"completed","attempts":1,"duration_ns":1,"ttft_ns":null,"result":{"exit_code":0},"error":null}',
    );
  });
});
