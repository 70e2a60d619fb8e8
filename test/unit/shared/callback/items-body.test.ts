import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '#shared/callback/delivery.ts';
import { itemsBody } from '#shared/callback/items-body.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import { sampleJob, seededRandom } from '../../../fakes/sample-jobs.ts';

const NOW = '2026-11-01T08:00:00.000Z';
const BATCH = { ...sampleJob(1), job_type: 'batch' as const };

function item(index: number, rest: Partial<ItemRecord> = {}): ItemRecord {
  return {
    ...{ index, item: 'never told', status: 'completed', attempts: 1, duration_ns: 5, ttft_ns: null },
    ...{ result: { exit_code: 0, stdout: 'hi\n' }, error: null, ...rest },
  };
}

function bodyOf(items: readonly ItemRecord[]) {
  const { body, count } = itemsBody(BATCH, items, NOW);
  expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(MAX_BODY_BYTES);
  return { ...(JSON.parse(body) as { items: Record<string, unknown>[] }), count };
}

describe('the body of items', () => {
  it('tells what came of each, and not their values', () => {
    const error = { code: 'exit-code' as const, message: 'It ended with 3.' };
    const failed = item(7, { status: 'failed', attempts: 2, result: { exit_code: 3 }, error });
    expect(bodyOf([item(0), failed])).toEqual({
      ...{ type: 'batch.items', timestamp: NOW, job_id: BATCH.id, count: 2 },
      items: [
        {
          ...{ index: 0, status: 'completed', attempts: 1, duration_ns: 5, ttft_ns: null },
          ...{ result: { exit_code: 0, stdout: 'hi\n' }, error: null },
        },
        {
          ...{ index: 7, status: 'failed', attempts: 2, duration_ns: 5, ttft_ns: null },
          ...{ result: { exit_code: 3 }, error },
        },
      ],
    });
  });

  it('tells of as many as fit, and of how many', () => {
    const items = Array.from({ length: 100 }, (_, index) =>
      item(index, { result: { text: 'x'.repeat(900) } }),
    );
    const { items: told, count } = bodyOf(items);
    expect(told.map(({ index }) => index)).toEqual(items.slice(0, count).map(({ index }) => index));
    expect(count).toBeGreaterThan(15);
    expect(count).toBeLessThan(22);
  });

  it('leaves out the texts of an item that is too long, and says so', () => {
    const result = { exit_code: 0, stdout: 'x'.repeat(9000), stdout_bytes: 9000 };
    expect(bodyOf([item(0, { result })]).items).toEqual([
      expect.objectContaining({
        result: { exit_code: 0, stdout_bytes: 9000 },
        truncated: { bytes: expect.any(Number) },
      }),
    ]);
  });

  it('tells of one at least, and is under the limit, whatever the items are', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const long = () =>
        ['\ud800', '😀', '"', 'x'][Math.floor(random() * 4)]?.repeat(10 ** (random() * 4.3)) ?? '';
      const items = Array.from({ length: 1 + Math.floor(random() * 40) }, (_, index) =>
        item(index, {
          result: { finish_reason: long(), usage: { [long()]: long() }, stdout: long() },
          error: random() < 0.5 ? null : { code: 'model', message: long() },
        }),
      );
      const { items: told, count } = bodyOf(items);
      expect(told).toHaveLength(count);
      expect(count).toBeGreaterThan(0);
    }
  });
});
