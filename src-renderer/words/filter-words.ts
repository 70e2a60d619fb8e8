import type { Filter } from '../store/view-store.ts';

/** What the lists of jobs are called in the sidebar. */
export const FILTER_WORDS: Record<Filter, string> = {
  all: 'All',
  active: 'Active',
  scheduled: 'Scheduled',
  created: 'Saved',
  failed: 'Failed',
  completed: 'Done',
  cancelled: 'Cancelled',
};
