import { afterEach, describe, expect, it } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import { useView } from '../../../../src-renderer/store/view-store.ts';

const [a, b] = ['job-a', 'job-b'] as [JobId, JobId];
const initial = useView.getState();

afterEach(() => useView.setState(initial));

describe('the selection', () => {
  const selectTwo = () => useView.getState().setSelection({ ids: new Set([a, b]), active: b, anchor: a });
  const selected = () => [...useView.getState().selection.ids];

  it('is let go where another search or order is chosen, but for what the detail shows', () => {
    selectTwo();
    useView.getState().setSearch('status:failed');
    expect(selected()).toEqual([b]);
    selectTwo();
    useView.getState().setSort({ column: 'name', direction: 'asc' });
    expect(selected()).toEqual([b]);
    expect(useView.getState().selection.active).toBe(b);
  });

  it('stays where a space is typed behind a search', () => {
    useView.getState().setSearch('photos');
    selectTwo();
    useView.getState().setSearch('photos ');
    expect(selected()).toEqual([a, b]);
  });

  it('is let go with another list', () => {
    selectTwo();
    useView.getState().setFilter('failed');
    expect(selected()).toEqual([]);
  });
});
