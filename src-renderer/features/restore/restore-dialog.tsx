import { useState } from 'react';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { showToast } from '../../components/toast/toast.tsx';
import type { RestoreMode } from '../../db/restore-page.ts';
import { useServices } from '../../services/services.tsx';
import { undoShown } from '../../services/undo-shown.ts';
import { backupTime } from '../../words/backup-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import { BackupList } from './backup-list.tsx';
import styles from './restore-dialog.module.css';
import { RestorePreviewPane } from './restore-preview.tsx';
import {
  restoredWords,
  restoreLabel,
  restoreSums,
  stepHeard,
  whyNothingToRestore,
  workingWords,
} from './restore-words.ts';
import { useRestore, type WorkingStep } from './use-restore.ts';

/** From a choice of backups to what would be done with one, and to its doing. */
export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const { db, info } = useServices();
  const [mode, setMode] = useState<RestoreMode>('add');
  const { step, open, back, restore, stop } = useRestore((report) => {
    onClose();
    const { sentence, detail } = restoredWords(report);
    showToast(sentence, {
      ...{ tone: 'good', lastsMs: 20_000 },
      ...(detail !== '' && { detail }),
      action: { label: 'Undo', run: () => void undoShown(db, { id: report.id, isRestore: true }) },
    });
  });
  const isShown = step.at === 'shown';
  const isWaiting = isShown && whyNothingToRestore(step.preview, mode) === null;
  const goAhead = () => {
    if (isWaiting) restore(mode);
  };
  const isBusy = step.at === 'restoring';

  return (
    <Dialog
      opened
      onClose={isBusy ? stop : onClose}
      title="Restore a backup"
      subtitle={
        isShown
          ? `Of ${backupTime(step.contents.createdAt)}, made by Jobdeck ${step.contents.appVersion}`
          : 'You see what is in it, and what would change, before anything does.'
      }
      onGoAhead={goAhead}
      footerNote={isBusy ? 'Stopping takes back what was done.' : null}
      footer={
        <>
          {isShown ? <Button onClick={back}>Back</Button> : null}
          <Button onClick={isBusy ? stop : onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          {isShown ? (
            <Button
              variant={mode === 'exact' ? 'danger' : 'primary'}
              disabled={!isWaiting}
              title={goAheadKeys(info.platform)}
              onClick={goAhead}
            >
              {restoreLabel(restoreSums(step.preview, mode))}
            </Button>
          ) : null}
        </>
      }
    >
      {step.at === 'choosing' ? <BackupList problem={step.problem} onOpen={open} /> : null}
      {isShown ? <RestorePreviewPane {...step} mode={mode} onMode={setMode} /> : null}
      {step.at === 'choosing' || isShown ? null : <Working step={step} />}
      {/* What begins and how it ends, and not each step of it. */}
      <p className="visually-hidden" role="status">
        {stepHeard(step, mode)}
      </p>
    </Dialog>
  );
}

function Working({ step }: { step: WorkingStep }) {
  const words = workingWords(step);
  const isWaiting = step.at === 'restoring' && (step.phase === 'waiting' || step.phase === 'backing-up');
  return (
    <div className={styles.working}>
      <ProgressBar label={words} value={step.done} {...(!isWaiting && { max: step.total })} />
      <p className={styles.note}>{words}</p>
    </div>
  );
}
