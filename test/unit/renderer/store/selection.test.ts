import { describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import {
  cursorOf,
  EMPTY_SELECTION,
  moveCursor,
  onlyActive,
  type Selection,
  select,
  selectAll,
  withoutJobs,
  withoutLeft,
} from '../../../../src-renderer/store/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'] as JobId[];
const [a, b, c, d, e] = order as [JobId, JobId, JobId, JobId, JobId];
const only = (id: JobId): Selection => select(EMPTY_SELECTION, order, id, 'only');

describe('select', () => {
  it('selects one and forgets the others', () => {
    const selection = select(select(only(a), order, c, 'toggle'), order, e, 'only');
    expect([...selection.ids]).toEqual([e]);
    expect(selection.active).toBe(e);
  });

  it('adds and removes with the toggle', () => {
    const both = select(only(a), order, c, 'toggle');
    expect([...both.ids]).toEqual([a, c]);
    expect([...select(both, order, a, 'toggle').ids]).toEqual([c]);
  });

  it('shows one that is selected where the one that was shown is taken off', () => {
    const one = select(select(only(a), order, c, 'toggle'), order, c, 'toggle');
    expect([...one.ids]).toEqual([a]);
    expect(one.active).toBe(a);
    expect(cursorOf(one)).toBe(c);
    expect(select(only(a), order, a, 'toggle').active).toBeNull();
  });

  it('stretches a range from the anchor in both directions', () => {
    const down = select(only(c), order, e, 'range');
    expect([...down.ids]).toEqual([c, d, e]);
    const up = select(down, order, a, 'range');
    expect([...up.ids]).toEqual([a, b, c]);
    expect(up.anchor).toBe(c);
  });

  it('selects one where the anchor of a range is no longer listed', () => {
    const gone: Selection = { ids: new Set(['x' as JobId]), active: null, anchor: 'x' as JobId };
    expect([...select(gone, order, b, 'range').ids]).toEqual([b]);
  });
});

describe('moveCursor', () => {
  it('leaves what is selected and shown as it is', () => {
    const moved = moveCursor(moveCursor(only(a), b), c);
    expect([...moved.ids]).toEqual([a]);
    expect(moved.active).toBe(a);
    expect(cursorOf(moved)).toBe(c);
  });
});

describe('onlyActive', () => {
  it('keeps what the detail shows and nothing else', () => {
    const several = select(select(only(a), order, c, 'toggle'), order, d, 'toggle');
    expect(onlyActive(several)).toEqual(only(d));
    expect(onlyActive({ ids: new Set([a]), active: null, anchor: null })).toEqual(EMPTY_SELECTION);
  });
});

describe('withoutLeft', () => {
  it('leaves the detail at the job that left, where it was selected alone', () => {
    const left = withoutLeft(only(b), new Set([b]));
    expect([...left.ids]).toEqual([]);
    expect(left.active).toBe(b);
  });

  it('shows one of those that stay', () => {
    const two = select(only(a), order, b, 'toggle');
    expect(withoutLeft(two, new Set([b]))).toMatchObject({ ids: new Set([a]), active: a });
  });

  it('gives the same where none of them was selected', () => {
    const selection = only(a);
    expect(withoutLeft(selection, new Set([b]))).toBe(selection);
  });
});

describe('selectAll', () => {
  it('selects everything and leaves the keyboard where it is', () => {
    const all = selectAll(only(d), order);
    expect(all.ids.size).toBe(5);
    expect(all.active).toBe(d);
  });
});

describe('withoutJobs', () => {
  it('moves on to the job below one that went away', () => {
    const left = withoutJobs(only(b), order, new Set([b]));
    expect(left.active).toBe(c);
    expect([...left.ids]).toEqual([c]);
  });

  it('moves to the job above where the last one went away', () => {
    expect(withoutJobs(only(e), order, new Set([e, d])).active).toBe(c);
  });

  it('has nothing where all went away', () => {
    expect(withoutJobs(only(a), [a], new Set([a]))).toEqual({ ids: new Set(), active: null, anchor: null });
  });
});
