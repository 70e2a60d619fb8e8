import { Button } from '../../../components/button/button.tsx';
import { Dialog } from '../../../components/dialog/dialog.tsx';
import { IconFileImport, IconFolderOpen } from '../../../components/icons.ts';
import { ProgressBar } from '../../../components/progress-bar/progress-bar.tsx';
import { useServices } from '../../../services/services.tsx';
import { useImportWork } from '../../../store/import-store.ts';
import { cancelOpening, openChosen } from '../open-import.ts';
import styles from './import-start.module.css';
import { LastImports } from './last-imports.tsx';
import { PasteField } from './paste-field.tsx';

/** Where to import from, and what was imported before. */
export function ImportStart({ onClose }: { onClose: () => void }) {
  const { api } = useServices();
  const isOpening = useImportWork((work) => work.isOpening);
  const close = () => {
    if (isOpening) cancelOpening();
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={close}
      title="Import"
      subtitle="You see what is in it before anything is added, and nothing of it runs."
      focusesField
      footerNote="Files and folders can also be dropped on the window, and JSON pasted into it."
      footer={<Button onClick={close}>{isOpening ? 'Cancel' : 'Close'}</Button>}
    >
      {isOpening ? (
        <div className={styles.opening} role="status">
          <ProgressBar label="Looking for documents" value={0} />
          <p className={styles.words}>Looking for documents…</p>
        </div>
      ) : (
        <div className={styles.sources}>
          <Button
            variant="primary"
            data-autofocus
            icon={<IconFileImport size={16} stroke={1.75} />}
            onClick={() => void openChosen(api, 'files')}
          >
            Choose files…
          </Button>
          <Button
            icon={<IconFolderOpen size={16} stroke={1.75} />}
            onClick={() => void openChosen(api, 'folder')}
          >
            Choose a folder…
          </Button>
          <p className={styles.words}>JSON, arrays, NDJSON, gzip of these, and OpenAI Batch input files</p>
        </div>
      )}
      {isOpening ? null : <PasteField />}
      <LastImports />
    </Dialog>
  );
}
