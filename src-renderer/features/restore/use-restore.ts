import { useEffect, useRef, useState } from 'react';
import type { BackupContents, BackupOpened } from '#shared/contract/backups.ts';
import { type Result, unwrap } from '#shared/contract/result.ts';
import { errorSentence } from '../../db/database-problem.ts';
import type { RestoreMode } from '../../db/restore-page.ts';
import { useServices } from '../../services/services.tsx';
import { useDialog } from '../../store/dialog-store.ts';
import { readThrough } from '../../sync/opened-backup.ts';
import {
  previewRestore,
  type RestorePreview,
  type RestoreReport,
  restoreBackup,
} from '../../sync/restore.ts';
import { backupTime } from '../../words/backup-words.ts';
import { SAY_WAITING_AFTER_MS } from '../../words/waiting-sentence.ts';

export type RestoreStep =
  | { at: 'choosing'; problem: string | null }
  | { at: 'reading'; opened: BackupOpened; done: number; total: number }
  | { at: 'comparing'; opened: BackupOpened; done: number; total: number }
  | {
      at: 'shown';
      opened: BackupOpened;
      contents: BackupContents;
      preview: RestorePreview;
      /** How a restore that ended without a success ended. */
      said: { tone: 'bad' | 'info'; sentence: string } | null;
    }
  | { at: 'restoring'; phase: RestorePhase; opened: BackupOpened; done: number; total: number };

/** `waiting` is for a backup or an import that has the history. */
export type RestorePhase = 'waiting' | 'backing-up' | 'restoring' | 'undoing';
export type WorkingStep = Exclude<RestoreStep, { at: 'choosing' | 'shown' }>;

export interface RestoreState {
  step: RestoreStep;
  open: (ask: () => Promise<Result<BackupOpened | null>>) => void;
  back: () => void;
  restore: (mode: RestoreMode) => void;
  /** Ends what goes on: a restore that has begun is undone. */
  stop: () => void;
}

/** A backup from its choice to its end. What is open is closed when the dialog is. */
export function useRestore(onDone: (report: RestoreReport) => void): RestoreState {
  const { api, db, consumer } = useServices();
  const hold = useDialog((state) => state.hold);
  const [step, setStep] = useState<RestoreStep>({ at: 'choosing', problem: null });
  const stopping = useRef<AbortController | null>(null);
  const openId = useRef<string | null>(null);

  const close = () => {
    if (openId.current !== null) void api.closeBackup({ openId: openId.current });
    openId.current = null;
  };
  const leave = useRef(close);
  leave.current = close;
  useEffect(
    () => () => {
      stopping.current?.abort();
      leave.current();
    },
    [],
  );

  const open: RestoreState['open'] = async (ask) => {
    const controller = new AbortController();
    stopping.current = controller;
    const { signal } = controller;
    try {
      const opened = unwrap(await ask());
      if (opened === null) return;
      openId.current = opened.openId;
      setStep({ at: 'reading', opened, done: 0, total: opened.sizeBytes });
      const onRead = (done: number, total: number) => setStep({ at: 'reading', opened, done, total });
      const contents = await readThrough(api, opened, { signal, onRead });
      const total = contents.counts.job;
      const onProgress = (done: number) => setStep({ at: 'comparing', opened, done, total });
      onProgress(0);
      // What the runner has told meanwhile is not in conflict with the backup: it is known first.
      await consumer.pullNow();
      const preview = await previewRestore({ api, db }, opened.openId, { signal, onProgress });
      setStep({ at: 'shown', opened, contents, preview, said: null });
    } catch (error) {
      close();
      setStep({ at: 'choosing', problem: signal.aborted ? null : errorSentence(error) });
    }
  };

  const restore: RestoreState['restore'] = async (mode) => {
    if (step.at !== 'shown') return;
    const { opened, contents, preview } = step;
    const controller = new AbortController();
    stopping.current = controller;
    const { signal } = controller;
    const total = contents.counts.job + (mode === 'exact' ? preview.historyAlone : 0);
    const show = (phase: RestorePhase, done = 0) => setStep({ at: 'restoring', phase, opened, done, total });
    show(mode === 'exact' ? 'backing-up' : 'restoring');
    const waits = setTimeout(() => show('waiting'), SAY_WAITING_AFTER_MS);
    const begun = (phase: RestorePhase) => (done?: number) => {
      clearTimeout(waits);
      show(phase, done);
    };
    hold('A backup is being restored.');
    try {
      const report = await restoreBackup({ api, db }, opened.openId, {
        ...{ mode, isOwn: contents.isOwn, signal },
        name: `Backup of ${backupTime(contents.createdAt)}`,
        onBackingUp: begun('backing-up'),
        onBegun: begun('restoring'),
        onProgress: begun('restoring'),
        onUndone: begun('undoing'),
      });
      hold(null);
      close();
      onDone(report);
    } catch (error) {
      hold(null);
      setStep({
        ...step,
        said: signal.aborted
          ? { tone: 'info', sentence: 'The restore was stopped, and what it had done is undone.' }
          : { tone: 'bad', sentence: errorSentence(error) },
      });
    } finally {
      clearTimeout(waits);
    }
  };

  return {
    step,
    open: (ask) => void open(ask),
    back: () => {
      close();
      setStep({ at: 'choosing', problem: null });
    },
    restore: (mode) => void restore(mode),
    stop: () => stopping.current?.abort(),
  };
}
