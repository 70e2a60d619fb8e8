import { useState } from 'react';
import { showToast } from '../../components/toast/toast.tsx';
import { saveJob } from '../../db/commands.ts';
import type { DocumentCheck } from '../../services/check-document.ts';
import { newRecord } from '../../services/new-record.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useView } from '../../store/view-store.ts';

export interface SaveRequest {
  check: () => Promise<DocumentCheck>;
  /** True where the document has an id of its own. */
  isNamed: boolean;
  andRun: boolean;
  onSaved: () => void;
  /** What was checked is no job yet. */
  onRefused: () => void;
}

/** Keeps what was written as a job of the history, shows it there, and hands it to the runner if wanted. */
export function useSaveJob() {
  const { db, info } = useServices();
  const actions = useJobActions();
  const [isBusy, setIsBusy] = useState(false);

  const save = async ({ check, isNamed, andRun, onSaved, onRefused }: SaveRequest) => {
    setIsBusy(true);
    try {
      const { job } = await check();
      if (job === null) return onRefused();
      // The id that was typed counts, not one that the check would fill in.
      const record = newRecord({ ...job, ...(!isNamed && { id: '' }) }, info.profileId);
      const row = await saveJob(db, record, { origin: 'author' });
      onSaved();
      const { filter, setFilter, setSearch, showJob } = useView.getState();
      setSearch('');
      if (filter !== 'all') setFilter('all');
      showJob(row.id, andRun ? 'output' : 'overview');
      if (andRun) await actions.run([row.id]);
      else showToast(`${row.name} saved.`, { tone: 'good' });
    } catch (error) {
      showError('The job could not be saved.', error);
    } finally {
      setIsBusy(false);
    }
  };
  return { saveJob: save, isBusy };
}
