import { showToast } from '../components/toast/toast.tsx';
import { errorSentence } from '../db/database-problem.ts';

/**
 * Says in a corner of the window that something went wrong.
 * @param what a sentence: what could not be done
 */
export function showError(what: string, error: unknown): void {
  showToast(what, { tone: 'bad', detail: errorSentence(error) });
}
