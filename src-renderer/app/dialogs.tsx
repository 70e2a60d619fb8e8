import { ApprovalDialog } from '../features/approval/approval-dialog.tsx';
import { ReceiverDialog } from '../features/callbacks/receiver/receiver-dialog.tsx';
import { ResendDialog } from '../features/callbacks/resend-dialog.tsx';
import { SendCallbackDialog } from '../features/callbacks/send-dialog.tsx';
import { ExportDialog } from '../features/export/export-dialog.tsx';
import { ResultsDialog } from '../features/export/results-dialog.tsx';
import { ImportDialog } from '../features/import/import-dialog.tsx';
import { NewJobDialog } from '../features/new-job/new-job-dialog.tsx';
import { QueueDialog } from '../features/queues/queue-dialog.tsx';
import { RestoreDialog } from '../features/restore/restore-dialog.tsx';
import { SettingsDialog } from '../features/settings/settings-dialog.tsx';
import { ShortcutsDialog } from '../features/shortcuts/shortcuts-dialog.tsx';
import { useDialog } from '../store/dialog-store.ts';

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useDialog((state) => state.dialog);
  const close = useDialog((state) => state.close);
  switch (dialog?.kind) {
    case 'new-job':
      return <NewJobDialog onClose={close} />;
    case 'import':
      return <ImportDialog key={dialog.opened?.importId ?? 'start'} opened={dialog.opened} onClose={close} />;
    case 'export':
      return <ExportDialog ids={dialog.ids} onClose={close} />;
    case 'export-results':
      return <ResultsDialog jobIds={dialog.jobIds} name={dialog.name} total={dialog.total} onClose={close} />;
    case 'approval':
      return (
        <ApprovalDialog
          key={dialog.rows.map((row) => row.id).join()}
          rows={dialog.rows}
          then={dialog.then}
          onClose={close}
        />
      );
    case 'queue':
      return <QueueDialog key={dialog.name} name={dialog.name} onClose={close} />;
    case 'send-callback':
      return (
        <SendCallbackDialog
          jobId={dialog.jobId}
          deliveryId={dialog.deliveryId}
          url={dialog.url}
          onClose={close}
        />
      );
    case 'resend-callbacks':
      return <ResendDialog onClose={close} />;
    case 'receiver':
      return <ReceiverDialog onClose={close} />;
    case 'restore':
      return <RestoreDialog onClose={close} />;
    case 'settings':
      return <SettingsDialog page={dialog.page ?? 'general'} onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case undefined:
      return null;
  }
}
