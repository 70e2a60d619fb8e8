import { describe, expect, it } from 'vitest';
import type { RepairKind } from '#shared/contract/documents.ts';
import {
  FIRST_PLAN,
  forecast,
  notWritten,
  repairCounts,
} from '../../../../../src-renderer/sync/imports/import-plan.ts';
import {
  ImportTally,
  type Judged,
  LIST_PAGE,
} from '../../../../../src-renderer/sync/imports/import-tally.ts';

const judged = (place: number, change: Partial<Judged> = {}): Judged => ({
  place,
  outcome: 'new',
  repairs: [],
  waits: false,
  isActive: false,
  ...change,
});

function tallyOf(documents: readonly Partial<Judged>[]): ImportTally {
  const tally = new ImportTally();
  for (const [place, document] of documents.entries()) tally.add(judged(place, document));
  return tally;
}

const DOCUMENTS: Partial<Judged>[] = [
  { waits: true },
  { repairs: ['date-time'] },
  { repairs: ['date-time', 'unknown-keys'] },
  { outcome: 'same', repairs: ['unknown-keys'] },
  { outcome: 'conflict', waits: true },
  { outcome: 'conflict' },
  { outcome: 'conflict', isActive: true },
  { outcome: 'invalid' },
];

describe('the tally of an import', () => {
  it('counts each document once by its outcome, and repaired ones besides', () => {
    expect(tallyOf(DOCUMENTS).counts).toEqual({
      all: 8,
      new: 3,
      repaired: 3,
      same: 1,
      conflict: 3,
      invalid: 1,
    });
  });

  it('keeps as little for a million documents as for a few', () => {
    const tally = tallyOf(DOCUMENTS);
    const before = tally.groups.length;
    for (let place = 8; place < 50_000; place += 1) tally.add(judged(place, DOCUMENTS[place % 8]));
    expect(tally.groups.length).toBe(before);
    expect(tally.counts.all).toBe(50_000);
  });

  it('knows after which place each page of a list begins', () => {
    const tally = new ImportTally();
    for (let place = 0; place < 1000; place += 1) {
      tally.add(judged(place, { outcome: place % 3 === 0 ? 'conflict' : 'new' }));
    }
    expect(tally.startOf('all', 0)).toBe(-1);
    expect(tally.startOf('all', 1)).toBe(LIST_PAGE - 1);
    expect(tally.startOf('conflict', 1)).toBe(3 * (LIST_PAGE - 1));
    expect(tally.startOf('conflict', 4)).toBeNull();
    expect(tally.startOf('invalid', 0)).toBeNull();
  });
});

describe('the forecast of a plan', () => {
  const { groups } = tallyOf(DOCUMENTS);
  const refusing = (...kinds: RepairKind[]) => ({ ...FIRST_PLAN, refused: new Set(kinds) });

  it('keeps mine where nothing was chosen, and brings all that is new', () => {
    expect(forecast(FIRST_PLAN, groups)).toMatchObject({
      added: 3,
      kept: 2,
      active: 1,
      same: 1,
      invalid: 1,
      refused: 0,
      waiting: 1,
    });
  });

  it('leaves out what needs a repair that is refused', () => {
    expect(forecast(refusing('unknown-keys'), groups)).toMatchObject({ added: 2, refused: 2, same: 0 });
    expect(forecast(refusing('date-time'), groups)).toMatchObject({ added: 1, refused: 2, same: 1 });
    expect(repairCounts(groups)).toEqual(
      new Map([
        ['date-time', 2],
        ['unknown-keys', 2],
      ]),
    );
  });

  it('takes those for what they are that were decided one by one', () => {
    const exceptions = new Map([
      [4, { choice: 'theirs' as const, document: judged(4, { outcome: 'conflict', waits: true }) }],
      [5, { choice: 'both' as const, document: judged(5, { outcome: 'conflict' }) }],
    ]);
    expect(forecast({ ...FIRST_PLAN, exceptions }, groups)).toMatchObject({
      kept: 0,
      replaced: 1,
      copied: 1,
      active: 1,
      waiting: 2,
    });
    expect(forecast({ ...FIRST_PLAN, conflicts: 'both', exceptions }, groups)).toMatchObject({
      replaced: 1,
      copied: 1,
    });
  });

  it('counts conflicts as left alone only where a commit does not go through them', () => {
    const kept = notWritten(FIRST_PLAN, forecast(FIRST_PLAN, groups));
    expect(kept).toMatchObject({ same: 1, invalid: 1, kept: 2, active: 1, added: 0 });
    const plan = { ...FIRST_PLAN, conflicts: 'theirs' as const };
    expect(notWritten(plan, forecast(plan, groups))).toMatchObject({
      same: 1,
      kept: 0,
      active: 0,
      replaced: 0,
    });
  });
});
