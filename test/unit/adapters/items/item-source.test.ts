import { describe, expect, it } from 'vitest';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import { createItemSource } from '../../../../src-main/adapters/items/item-source.ts';
import { previewItems } from '../../../../src-main/adapters/items/preview-items.ts';
import type { ItemInput } from '../../../../src-main/core/ports.ts';

const source = createItemSource();

async function pagesOf(items: Items): Promise<(readonly ItemInput[])[]> {
  const pages: (readonly ItemInput[])[] = [];
  for await (const page of source.read(items)) pages.push(page);
  return pages;
}

async function valuesOf(items: Items): Promise<unknown[]> {
  return (await pagesOf(items)).flat().map(({ item }) => item);
}

describe('values', () => {
  it('are numbered from 0, whatever they are', async () => {
    expect((await pagesOf({ values: ['a', null, { b: 1 }] })).flat()).toEqual([
      { index: 0, item: 'a' },
      { index: 1, item: null },
      { index: 2, item: { b: 1 } },
    ]);
    expect(await pagesOf({ values: [] })).toEqual([]);
  });

  it('come in pages of at most 500', async () => {
    const pages = await pagesOf({ values: Array.from({ length: 1001 }, (_, at) => at) });
    expect(pages.map((page) => page.length)).toEqual([500, 500, 1]);
    expect(pages.flat().every(({ index, item }) => index === item)).toBe(true);
  });
});

describe('a range', () => {
  it('holds both its ends where the steps meet them', async () => {
    expect(await valuesOf({ range: { from: 1, to: 4 } })).toEqual([1, 2, 3, 4]);
    expect(await valuesOf({ range: { from: -3, to: 4, step: 3 } })).toEqual([-3, 0, 3]);
    expect(await valuesOf({ range: { from: 7, to: 7 } })).toEqual([7]);
  });

  it('counts down where its end is the smaller number', async () => {
    expect(await valuesOf({ range: { from: 3, to: 0, step: 2 } })).toEqual([3, 1]);
  });

  it.each([
    [{ from: 0, to: 10_000_000 }, /^Expected at most 10000000 items in a batch, got 10000001/u],
    [{ from: 0, to: 2 ** 53 }, /^Expected range\.to to be a whole number of at most 9007199254740991/u],
    [{ from: 0, to: 5, step: 0 }, /^Expected range\.step to be at least 1, got 0/u],
  ])('is refused for %j', async (range, message) => {
    await expect(valuesOf({ range })).rejects.toMatchObject({
      code: 'invalid-document',
      message: expect.stringMatching(message),
    });
  });
});

describe('a matrix', () => {
  it('gives every combination, the last name fastest', async () => {
    expect(await valuesOf({ matrix: { a: [1, 2], b: ['x', 'y'], c: [null] } })).toEqual([
      { a: 1, b: 'x', c: null },
      { a: 1, b: 'y', c: null },
      { a: 2, b: 'x', c: null },
      { a: 2, b: 'y', c: null },
    ]);
  });

  it('keeps a name like __proto__ as data', async () => {
    const matrix: Record<string, unknown[]> = JSON.parse('{"__proto__": [1]}');
    const [item] = await valuesOf({ matrix });
    expect(JSON.stringify(item)).toBe('{"__proto__":1}');
  });

  it('is refused where a list has nothing in it, and where there are too many combinations', async () => {
    await expect(valuesOf({ matrix: { a: [1], b: [] } })).rejects.toThrow(/at least one value in matrix\.b/u);
    const thousand = Array.from({ length: 1000 }, (_, at) => at);
    await expect(valuesOf({ matrix: { a: thousand, b: thousand, c: thousand } })).rejects.toThrow(
      /got 1000000000/u,
    );
  });
});

describe('what failed of another batch', () => {
  it('is no source of its own', async () => {
    await expect(valuesOf({ failed_of: 'job-1' })).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('a preview', () => {
  it('shows the first items and counts what can be counted without reading it all', async () => {
    expect(await previewItems(source, { range: { from: 1, to: 5_000_000 } }, 2)).toEqual({
      items: [
        { index: 0, item: 1 },
        { index: 1, item: 2 },
      ],
      total: 5_000_000,
      problem: null,
    });
    expect(await previewItems(source, { values: ['a'] }, 5)).toMatchObject({
      total: 1,
      items: [{ item: 'a' }],
    });
    expect(await previewItems(source, { values: [] }, 5)).toEqual({ items: [], total: 0, problem: null });
  });

  it('says what is wrong', async () => {
    const preview = await previewItems(source, { matrix: { a: [] } }, 5);
    expect(preview).toMatchObject({
      items: [],
      total: null,
      problem: expect.stringMatching(/matrix\.a/u),
    });
  });
});
