import { showToast } from '../../components/toast/toast.tsx';
import { problemOfFinished } from '../../db/search/parse-search.ts';

/** Says why a search can not be kept in a view, where it has a mistake or is half typed. */
export function tellProblem({ search }: { search: string }): boolean {
  const problem = problemOfFinished(search);
  if (problem === null) return false;
  showToast('The view was not saved: its search is not right yet.', { tone: 'bad', detail: problem.message });
  return true;
}
