import { useCallback, useEffect, useState } from 'react';
import type { BackupCheck, BackupFile } from '#shared/contract/backups.ts';
import { unwrap } from '#shared/contract/result.ts';
import { showToast } from '../../../components/toast/toast.tsx';
import { errorSentence } from '../../../db/database-problem.ts';
import { useServices } from '../../../services/services.tsx';
import { useBackups } from '../../../store/backup-store.ts';
import { makeBackup } from '../../../sync/backup.ts';
import { countOf } from '../../../words/count-words.ts';

export interface NewestBackupState {
  /** Undefined until it is known; null where there is none. */
  newest: BackupFile | null | undefined;
  count: number;
  /** Null while it is read through; `failed` where that could not be done, as `problem` says. */
  check: BackupCheck | 'failed' | null;
  /** How many records are written of one that is being made; null while none is. */
  written: number | null;
  problem: string | null;
  backUp: () => Promise<void>;
}

/** The newest backup, read through when the page is opened and when it was made. */
export function useNewestBackup(): NewestBackupState {
  const { api, db } = useServices();
  const { problem, setProblem } = useBackups();
  const [newest, setNewest] = useState<NewestBackupState['newest']>();
  const [count, setCount] = useState(0);
  const [check, setCheck] = useState<NewestBackupState['check']>(null);
  const [written, setWritten] = useState<number | null>(null);

  const list = useCallback(async () => {
    const { backups } = unwrap(await api.listBackups());
    setNewest(backups[0] ?? null);
    setCount(backups.length);
    return backups[0];
  }, [api]);

  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const found = await list();
      const checked = found && unwrap(await api.checkBackup({ name: found.name }));
      if (!isGone && checked) setCheck(checked);
    };
    look().catch((error: unknown) => {
      if (isGone) return;
      setCheck('failed');
      setProblem(errorSentence(error));
    });
    return () => {
      isGone = true;
    };
  }, [api, list, setProblem]);

  const backUp = async () => {
    setWritten(0);
    try {
      const made = await makeBackup(api, db, 'manual', { onProgress: setWritten });
      setCheck(made.check);
      setProblem(made.check.counts === null ? made.check.problem : null);
      await list();
      const jobs = countOf(made.check.counts?.job ?? 0, 'job');
      if (made.isUnchanged) showToast('Nothing has changed since the newest backup.');
      else if (made.check.counts !== null) showToast(`Backed up: ${jobs}.`, { tone: 'good' });
    } catch (error) {
      setProblem(errorSentence(error));
    } finally {
      setWritten(null);
    }
  };

  return { newest, count, check, written, problem, backUp };
}
