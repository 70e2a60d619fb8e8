/** Saved views: a list, a search and an order, under a name. */
import type { JobView } from './queries.ts';

export interface ViewRow extends JobView {
  id: string;
  name: string;
  /** The order in the sidebar; between two of them there is always room for one more. */
  place: number;
}
