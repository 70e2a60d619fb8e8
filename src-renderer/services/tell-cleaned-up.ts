import type { JobdeckApi } from '#shared/contract/app-api.ts';
import { showError, showToast } from '../components/toast/toast.tsx';
import type { CleanUpNote } from '../db/clean-up-note.ts';
import { purgeExpired, UNDO_MS } from '../db/commands.ts';
import type { JobdeckDatabase } from '../db/database.ts';
import { undoCleanUp } from '../sync/retention.ts';
import { cleanedWords } from '../words/clean-up-words.ts';
import { countOf } from '../words/count-words.ts';

/** Says what was cleaned up, with a way back for as long as there is one; then it is cleared away for good. */
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
  showToast(`Cleaned up: ${cleanedWords(note)}.`, {
    ...(note.isAutomatic && { detail: 'As set in the settings under History.' }),
    lastsMs: UNDO_MS - 1000,
    ...(note.jobs > 0 && { action: { label: 'Undo', run: () => void undo() } }),
  });
  setTimeout(() => {
    void purgeExpired(db, api, Date.now() - UNDO_MS).catch((error: unknown) =>
      showError('Deleted jobs could not be cleared away.', error),
    );
  }, UNDO_MS + 500);
}
