/** Beginning an import, from wherever files or text come. The dialog shows it as soon as main has it. */
import type { JobdeckApi } from '#shared/contract/app-api.ts';
import type { ImportOpened } from '#shared/contract/documents.ts';
import { MAX_IMPORT_PATHS, MAX_TEXT_LENGTH } from '#shared/contract/limits.ts';
import { unwrap } from '#shared/contract/result.ts';
import { showError } from '../../services/show-error.ts';
import { tellHeld } from '../../services/tell-held.ts';
import { useDialog } from '../../store/dialog-store.ts';
import { useImportWork } from '../../store/import-store.ts';
import { formatCount } from '../../words/count-words.ts';

export type OpenApi = Pick<
  JobdeckApi,
  'chooseImport' | 'openImport' | 'importText' | 'closeImport' | 'pathForFile'
>;

/** Looking through a folder may take a while: it is shown once it does. */
const SHOW_AFTER_MS = 150;

/** Raised when what is being opened is not wanted any more. */
let turn = 0;

export function openChosen(api: OpenApi, what: 'files' | 'folder'): Promise<void> {
  return begin(api, async () => unwrap(await api.chooseImport({ what })), { isShown: false });
}

export function openPaths(api: OpenApi, paths: readonly string[]): Promise<void> {
  return begin(api, async () => {
    if (paths.length > MAX_IMPORT_PATHS) {
      throw new Error(
        `Expected at most ${formatCount(MAX_IMPORT_PATHS)} files at once, got ${formatCount(paths.length)}. Put them into a folder and import that.`,
      );
    }
    return unwrap(await api.openImport({ paths: [...paths] }));
  });
}

export function openText(api: OpenApi, text: string, name = 'Pasted text'): Promise<void> {
  return begin(api, async () => {
    if (text.length > MAX_TEXT_LENGTH) {
      throw new Error(
        `Expected at most ${MAX_TEXT_LENGTH / 1024 / 1024} million characters. Save it as a file and import that.`,
      );
    }
    return unwrap(await api.importText({ name, text }));
  });
}

/** Files on the disk are read where they are; what has no path, such as a piece of a web page, by its text. */
export function openDropped(api: OpenApi, files: readonly File[]): Promise<void> {
  const paths = files.map((file) => api.pathForFile(file));
  if (paths.every((path) => path !== '')) return openPaths(api, paths);
  return begin(api, async () => {
    const [file] = files;
    if (files.length > 1 || file === undefined) {
      throw new Error('Expected files from this computer. Save them first, or drop them one at a time.');
    }
    return unwrap(await api.importText({ name: file.name, text: await file.text() }));
  });
}

/** Lets go of what is being opened: it is closed when it comes. */
export function cancelOpening(): void {
  turn += 1;
  useImportWork.getState().setOpening(false);
}

async function begin(
  api: OpenApi,
  ask: () => Promise<ImportOpened | null>,
  { isShown = true } = {},
): Promise<void> {
  if (tellHeld()) return;
  const { setOpening } = useImportWork.getState();
  const { open } = useDialog.getState();
  turn += 1;
  const mine = turn;
  const show = () => {
    if (turn !== mine) return;
    setOpening(true);
    open({ kind: 'import', opened: null });
  };
  const timer = isShown ? setTimeout(show, SHOW_AFTER_MS) : undefined;
  try {
    const opened = await ask();
    if (opened === null) return;
    if (turn === mine) open({ kind: 'import', opened });
    else await api.closeImport({ importId: opened.importId });
  } catch (error) {
    if (turn === mine) showError('This could not be read.', error);
  } finally {
    clearTimeout(timer);
    if (turn === mine) setOpening(false);
  }
}
