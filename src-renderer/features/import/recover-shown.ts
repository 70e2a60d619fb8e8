/** At the start: an import that a window left in the middle is undone, and that is said. */
import { showToast } from '../../components/toast/toast.tsx';
import type { JobdeckDatabase } from '../../db/database.ts';
import { showError } from '../../services/show-error.ts';
import { useImportWork } from '../../store/import-store.ts';
import { recoverImports } from '../../sync/imports/undo-import.ts';
import { recoveredWords } from './import-words.ts';

/** Never rejects: what goes wrong is a toast. */
export async function recoverShown(db: JobdeckDatabase): Promise<void> {
  const { setUndoing } = useImportWork.getState();
  try {
    for (const report of await recoverImports(db, setUndoing)) {
      setUndoing(report.import.id, null);
      const { sentence, detail } = recoveredWords(report);
      showToast(sentence, { detail, lastsMs: 15_000 });
    }
  } catch (error) {
    showError(
      'An import that was not finished could not be undone. That is tried again at the next start.',
      error,
    );
  }
}
