import { describe, expect, it } from 'vitest';
import type { ImportLine } from '../../../../../src-renderer/features/import/import-line.ts';
import { ImportLines } from '../../../../../src-renderer/features/import/import-lines.ts';
import { LIST_PAGE } from '../../../../../src-renderer/sync/imports/import-tally.ts';

const lineOf = (place: number) => ({ place }) as ImportLine;

function listOf(total: () => number) {
  const asked: number[] = [];
  const lines = new ImportLines(async (page) => {
    asked.push(page);
    const length = Math.max(0, Math.min(LIST_PAGE, total() - page * LIST_PAGE));
    return Array.from({ length }, (_, index) => lineOf(page * LIST_PAGE + index));
  });
  return { lines, asked };
}

describe('the lines near the screen', () => {
  it('are read where they are looked at, each page once', async () => {
    const { lines, asked } = listOf(() => 1_000_000);
    await lines.show(500_090, 500_110, 1_000_000);
    await lines.show(500_095, 500_115, 1_000_000);
    expect(asked).toEqual([5000, 5001]);
    expect(lines.at(500_100)?.place).toBe(500_100);
    expect(lines.at(0)).toBeUndefined();
  });

  it('are read again where a page was short and there is more by now', async () => {
    let total = 30;
    const { lines, asked } = listOf(() => total);
    await lines.show(0, 20, total);
    total = 250;
    await lines.show(0, 20, total);
    await lines.show(0, 20, total);
    expect(asked).toEqual([0, 0]);
    expect(lines.at(99)?.place).toBe(99);
  });

  it('are read again where more came while their page was read, and nobody scrolled', async () => {
    const reads = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    let asked = 0;
    const lines = new ImportLines(async () => {
      const length = (await reads[asked++]?.promise) ?? 0;
      return Array.from({ length }, (_, index) => lineOf(index));
    });
    const first = lines.show(0, 20, 30);
    await lines.show(0, 20, 80);
    reads[0]?.resolve(30);
    reads[1]?.resolve(80);
    await first;
    expect([asked, lines.at(79)?.place]).toEqual([2, 79]);
  });

  it('are not asked for without end where a page stays short', async () => {
    const { lines, asked } = listOf(() => 30);
    await lines.show(0, 20, 80);
    expect(asked).toEqual([0]);
  });

  it('are let go far from the screen, however far one scrolls', async () => {
    const { lines } = listOf(() => 1_000_000);
    for (let at = 0; at < 10_000; at += LIST_PAGE) await lines.show(at, at + 20, 1_000_000);
    const kept = Array.from({ length: 100 }, (_, page) => lines.at(page * LIST_PAGE)).filter(Boolean);
    expect(kept.length).toBeLessThan(20);
    expect(lines.at(9900)?.place).toBe(9900);
  });

  it('say why they could not be read, and are read at the next look', async () => {
    let isBroken = true;
    const lines = new ImportLines(async () => {
      if (isBroken) throw new Error('The import is closed.');
      return [lineOf(0)];
    });
    await lines.show(0, 0, 1);
    expect(lines.problem).toBe('The import is closed.');
    isBroken = false;
    await lines.again();
    expect([lines.problem, lines.at(0)?.place]).toEqual([null, 0]);
  });

  it('say why a page could not be read, though the one beside it could, and not once it is far away', async () => {
    const lines = new ImportLines(async (page) => {
      if (page === 0) throw new Error('Not this one.');
      return Array.from({ length: LIST_PAGE }, (_, index) => lineOf(page * LIST_PAGE + index));
    });
    await lines.show(90, 110, 1000);
    expect([lines.problem, lines.at(100)?.place]).toEqual(['Not this one.', 100]);
    await lines.show(500, 520, 1000);
    expect(lines.problem).toBeNull();
  });
});
