import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { showToast } from '../components/toast/toast.tsx';
import type { CleanUpNote } from '../db/clean-up-note.ts';
import { UNDO_MS } from '../db/commands.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { clearAwayCleanUp, undoCleanUp } from '../sync/retention.ts';
import { cleanedSentence } from '../words/clean-up-words.ts';
import { countOf } from '../words/count-words.ts';
import { showError } from './show-error.ts';

/**
 * Says what was cleaned up, also of one that was stopped, with a way back for as long as there is one; then it is
 * cleared away for good.
 */
export function tellCleanedUp(
  { api, db }: { api: Pick<JobdeckApi, 'forgetJobs'>; db: JobdeckDatabase },
  note: CleanUpNote,
): void {
  const undo = async () => {
    try {
      showToast(`${countOf(await undoCleanUp(db, note), 'job')} back.`);
    } catch (error) {
      showError('The clean-up could not be undone.', error);
    }
  };
  const clearAway = () =>
    void clearAwayCleanUp(db, api, note).catch((error: unknown) =>
      showError('Deleted jobs could not be cleared away.', error),
    );
  showToast(cleanedSentence(note), {
    ...(note.isAutomatic && { detail: 'As set in the settings under History.' }),
    lastsMs: UNDO_MS,
    ...(note.jobs > 0 && { action: { label: 'Undo', run: () => void undo() }, onUnused: clearAway }),
  });
}
