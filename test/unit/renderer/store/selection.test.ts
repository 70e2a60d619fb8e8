import { describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import {
  EMPTY_SELECTION,
  type Selection,
  select,
  selectAll,
  withoutJobs,
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
