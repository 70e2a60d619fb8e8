/** What is done with the history at the start: first what a window left in the middle is undone, then the trash cleared. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { purgeExpired, UNDO_MS } from '../db/commands.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { errorSentence } from '../db/database-problem.ts';
import { isBetweenPages } from '../db/imports.ts';
import { recoverShown } from '../features/import/recover-shown.ts';
import { forgetEdits, forgetLateEdits } from '../services/unsaved-edits.ts';

/**
 * Undoes what is half done, and then deletes for good what was put in the trash so long ago that nobody can undo it
 * any more, with what was being changed in them. Not both at once: what a half-done restore put in the
 * trash is to come back. Where undoing fails, the trash stays until a start at which it does not. Never rejects.
 * @param onProblem called with a sentence where the trash could not be cleared
 */
export async function recoverAndClear(
  db: JobdeckDatabase,
  api: Pick<JobdeckApi, 'forgetJobs'>,
  onProblem: (sentence: string) => void,
  nowMs = Date.now(),
): Promise<void> {
  try {
    await recoverShown(db);
    if (!(await isBetweenPages(db))) forgetEdits(await purgeExpired(db, api, nowMs - UNDO_MS));
    await forgetLateEdits(db);
  } catch (error) {
    onProblem(`Deleted jobs could not be cleared away. ${errorSentence(error)}`);
  }
}
