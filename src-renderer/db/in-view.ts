/** Whether a row is in a view, as the view's own reading would say. */
import type { JobRow } from './job-row.ts';
import type { JobView } from './queries.ts';
import { matches, parseSearch, withoutOutput } from './search/parse-search.ts';

/** A test of rows as the database has them. What is looked for in the output, which it has not, is left out. */
export function inView({ filter, search }: Pick<JobView, 'filter' | 'search'>): (row: JobRow) => boolean {
  const terms = parseSearch(withoutOutput(search));
  return (row) => (filter === 'all' ? row.listed === 1 : row.bucket === filter) && matches(terms, row);
}
