import { useEffect } from 'react';
import { showToast } from '../components/toast/toast.tsx';
import { errorSentence } from '../db/database-problem.ts';
import { useServices } from '../services/services.tsx';
import { tellCleanedUp } from '../services/tell-cleaned-up.ts';
import { useBackups } from '../store/backup-store.ts';
import { useDialog } from '../store/dialog-store.ts';
import { startBackupSchedule } from '../sync/backup-schedule.ts';
import { startRetentionSchedule } from '../sync/retention-schedule.ts';

/** What is done for the history by itself: backing it up, and cleaning it up where that is set. Shows nothing. */
export function Upkeep() {
  const { api, db } = useServices();
  useEffect(() => {
    const { setProblem } = useBackups.getState();
    const stopBackups = startBackupSchedule({
      ...{ api, db },
      onMade: ({ check }) => {
        setProblem(check.counts === null ? check.problem : null);
        if (check.counts === null) tellFailed(check.problem ?? '');
      },
      onError: (error) => {
        const sentence = errorSentence(error);
        // Once for each cause: it is tried again every half hour.
        if (useBackups.getState().problem !== sentence) tellFailed(sentence);
        setProblem(sentence);
      },
    });
    const stopCleaning = startRetentionSchedule({
      ...{ api, db },
      onCleaned: (note) => tellCleanedUp({ api, db }, note),
      onError: (error) =>
        showToast('The history could not be cleaned up.', { tone: 'bad', detail: errorSentence(error) }),
    });
    return () => {
      stopBackups();
      stopCleaning();
    };
  }, [api, db]);
  return null;
}

function tellFailed(sentence: string): void {
  showToast('The history could not be backed up.', {
    tone: 'bad',
    detail: sentence,
    action: {
      label: 'Settings',
      run: () => useDialog.getState().open({ kind: 'settings', page: 'history' }),
    },
  });
}
