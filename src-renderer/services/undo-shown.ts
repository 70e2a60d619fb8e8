/** Undoing an import, or a restore, where a person asks for it: it goes on by itself, and says how it went. */
import { showToast } from '../components/toast/toast.tsx';
import type { JobdeckDatabase } from '../db/database.ts';
import { type ImportRow, importNoun } from '../db/import-row.ts';
import { jobsByIds } from '../db/queries.ts';
import { useDialog } from '../store/dialog-store.ts';
import { useImportWork } from '../store/import-store.ts';
import { withoutJobs } from '../store/selection.ts';
import { useView } from '../store/view-store.ts';
import { undoImport } from '../sync/imports/undo-import.ts';
import { undoneWords } from '../words/undone-words.ts';
import { showError } from './show-error.ts';

const SAY_IT_GOES_ON_AFTER_MS = 1000;

/** Never rejects: what goes wrong is a toast. */
export async function undoShown(
  db: JobdeckDatabase,
  row: Pick<ImportRow, 'id' | 'isRestore'>,
): Promise<void> {
  const { id } = row;
  const what = importNoun(row);
  const { undoing, setUndoing } = useImportWork.getState();
  if (undoing.has(id)) return;
  setUndoing(id, 0);
  const isLong = setTimeout(() => tellItGoesOn(what), SAY_IT_GOES_ON_AFTER_MS);
  try {
    const report = await undoImport(db, id, (done) => setUndoing(id, done));
    await deselectGone(db);
    const { sentence, detail } = undoneWords(report);
    showToast(sentence, { ...(detail !== '' && { detail }) });
  } catch (error) {
    showError(`The ${what} could not be undone.`, error);
  } finally {
    clearTimeout(isLong);
    setUndoing(id, null);
  }
}

/** Where the list of imports is not there to show how far it is. */
function tellItGoesOn(what: string): void {
  if (useDialog.getState().dialog?.kind === 'import') return;
  showToast(`Undoing the ${what}…`, {
    detail: 'How far it is stands in the list of last imports, under Import.',
  });
}

/** What was taken back may have been selected: it was as it came in. */
async function deselectGone(db: JobdeckDatabase): Promise<void> {
  const { selection, setSelection } = useView.getState();
  const left = new Set((await jobsByIds(db, [...selection.ids])).map((row) => row.id));
  const gone = new Set([...selection.ids].filter((id) => !left.has(id)));
  if (gone.size > 0) setSelection(withoutJobs(selection, [], gone));
}
