import { afterEach, describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { textsIn, thatFit, useEdits } from '../../../../src-renderer/store/edits-store.ts';
import { MAX_KEPT_CHARACTERS } from '../../../../src-renderer/store/kept-text.ts';

const [a, b, c] = ['job-a', 'job-b', 'job-c'] as [JobId, JobId, JobId];
afterEach(() => useEdits.setState({ texts: {} }));

describe('changes that are not saved', () => {
  it('are kept by their job until they are saved or reverted', () => {
    const { setEdit } = useEdits.getState();
    setEdit(a, '{');
    setEdit(b, '[');
    setEdit(a, null);
    expect(useEdits.getState().texts).toEqual({ [b]: '[' });
  });

  it('are none where what was stored is something else', () => {
    for (const stored of [undefined, null, {}, { texts: null }, { texts: 7 }])
      expect(textsIn(stored)).toEqual({});
    expect(textsIn({ texts: { [a]: '{', [b]: 7 } })).toEqual({ [a]: '{' });
  });

  it('are kept over a restart as far as there is room, the newest first', () => {
    const { setEdit } = useEdits.getState();
    const half = 'x'.repeat(MAX_KEPT_CHARACTERS / 2);
    for (const id of [a, b, c]) setEdit(id, half);
    expect(Object.keys(thatFit(useEdits.getState().texts))).toEqual([b, c]);
    setEdit(a, `${half} `);
    expect(Object.keys(thatFit(useEdits.getState().texts))).toEqual([a]);
  });
});
