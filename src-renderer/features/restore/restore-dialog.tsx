import { useState } from 'react';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { showError, showToast } from '../../components/toast/toast.tsx';
import type { RestoreMode } from '../../db/restore-page.ts';
import { useServices } from '../../services/services.tsx';
import { undoImport } from '../../sync/imports/undo-import.ts';
import { backupTime } from '../../words/backup-words.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import { BackupList } from './backup-list.tsx';
import styles from './restore-dialog.module.css';
import { RestorePreviewPane } from './restore-preview.tsx';
import { restoredWords, restoreLabel, restoreSums, whyNothingToRestore } from './restore-words.ts';
import { type RestoreStep, useRestore } from './use-restore.ts';

/** From a choice of backups to what would be done with one, and to its doing. */
export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const { db, info } = useServices();
  const [mode, setMode] = useState<RestoreMode>('add');
  const { step, open, back, restore, stop } = useRestore((report) => {
    onClose();
    const { sentence, detail } = restoredWords(report);
    const undo = async () => {
      try {
        await undoImport(db, report.id);
        showToast('The restore is undone.');
      } catch (error) {
        showError('The restore could not be undone.', error);
      }
    };
    showToast(sentence, {
      ...{ tone: 'good', lastsMs: 20_000 },
      ...(detail !== '' && { detail }),
      action: { label: 'Undo', run: () => void undo() },
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
    </Dialog>
  );
}

function Working({ step }: { step: Exclude<RestoreStep, { at: 'choosing' | 'shown' }> }) {
  const words = workingWords(step);
  return (
    <div className={styles.working} role="status">
      <ProgressBar label={words} value={step.done} max={step.total} />
      <p className={styles.note}>{words}</p>
    </div>
  );
}

function workingWords(step: Exclude<RestoreStep, { at: 'choosing' | 'shown' }>): string {
  const done = `${formatCount(step.done)} of ${countOf(step.total, 'job')}`;
  switch (step.at) {
    case 'reading':
      return 'Reading the backup through…';
    case 'comparing':
      return `Comparing it with the history: ${done}.`;
    case 'restoring':
      return step.isUndoing
        ? `Taking back what was done: ${countOf(step.done, 'job')}.`
        : `Restoring: ${done}.`;
  }
}
