import { useEffect, useRef, useState } from 'react';
import type { ImportOpened } from '#shared/contract/documents.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { errorSentence } from '../../db/database-problem.ts';
import { useServices } from '../../services/services.tsx';
import { undoShown } from '../../services/undo-shown.ts';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useDialog } from '../../store/dialog-store.ts';
import { commitImport, type ImportReport, REVIEWABLE } from '../../sync/imports/commit-import.ts';
import { type Forecast, type ImportPlan, notWritten } from '../../sync/imports/import-plan.ts';
import type { ImportReading } from '../../sync/imports/import-reading.ts';
import { SAY_WAITING_AFTER_MS } from '../../words/waiting-sentence.ts';
import { importedWords, leftForGood, nameOf } from './import-words.ts';
import { keepReport } from './kept-report.ts';
import { ReportLink } from './report-link.tsx';
import { showImported } from './show-imported.ts';

/** `waiting`: something else has the history. `undoing`: what was brought is taken back, after a stop or a failure. */
export interface CommitWork {
  kind: 'waiting' | 'writing' | 'undoing';
  done: number;
}

export interface Commit {
  /** Null while nothing is written. */
  work: CommitWork | null;
  /** What went wrong, or that it was stopped, as a sentence. */
  said: { tone: 'bad' | 'info'; sentence: string } | null;
  start(plan: ImportPlan, sums: Forecast): Promise<void>;
  /** Ends it after the page at hand, and undoes what it brought. */
  stop(): void;
}

/** An undo is offered in the toast for this long; the list of imports has it for longer. */
const TOAST_MS = 15_000;

/**
 * Writes an import to the history, all or nothing, and leads there.
 * @param keepOpen called where what main holds of the import is needed for longer: its report can still be had
 */
export function useCommit(
  opened: ImportOpened,
  reading: Pick<ImportReading, 'active'>,
  onDone: () => void,
  keepOpen: () => void,
): Commit {
  const { api, db } = useServices();
  const actions = useJobActions();
  const [work, setWork] = useState<CommitWork | null>(null);
  const [said, setSaid] = useState<Commit['said']>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const tell = (report: ImportReport) => {
    const { sentence, detail } = importedWords(report.counts, report.waiting);
    const isFew = report.waiting > 0 && report.waiting <= REVIEWABLE;
    showToast(sentence, {
      tone: 'good',
      lastsMs: TOAST_MS,
      ...(detail !== '' && { detail: detailOf(report, detail) }),
      ...(isFew && { action: { label: 'Review', run: () => void actions.run(report.waitingIds) } }),
      ...(report.firstIds.length > 0 && {
        secondAction: { label: 'Undo', run: () => void undoShown(db, report) },
      }),
    });
  };

  // Held by the offer beside the words: it takes itself away with the toast.
  const detailOf = ({ id, counts }: ImportReport, words: string) =>
    leftForGood(counts) === 0 ? (
      words
    ) : (
      <>
        {words} <ReportLink api={api} id={id} />
      </>
    );

  const start = async (plan: ImportPlan, sums: Forecast) => {
    const running = new AbortController();
    abort.current = running;
    setSaid(null);
    setWork({ kind: 'writing', done: 0 });
    const waits = setTimeout(() => setWork({ kind: 'waiting', done: 0 }), SAY_WAITING_AFTER_MS);
    try {
      const report = await commitImport({ api, db }, opened.importId, plan, {
        name: nameOf(opened.files),
        active: reading.active,
        others: notWritten(plan, sums),
        signal: running.signal,
        onBegun: () => {
          clearTimeout(waits);
          setWork({ kind: 'writing', done: 0 });
        },
        onProgress: (done) => setWork({ kind: 'writing', done }),
        onUndone: (done) => setWork({ kind: 'undoing', done }),
      });
      if (leftForGood(report.counts) > 0) {
        keepOpen();
        keepReport(report.id, { importId: opened.importId, refused: [...plan.refused] });
      }
      useDialog.getState().hold(null);
      onDone();
      await showImported(db, report);
      tell(report);
    } catch (error) {
      setSaid(
        running.signal.aborted
          ? { tone: 'info', sentence: 'The import was stopped, and what it had brought is undone.' }
          : {
              tone: 'bad',
              sentence: `Nothing was imported. ${errorSentence(error)}`,
            },
      );
    } finally {
      clearTimeout(waits);
      setWork(null);
    }
  };

  return { work, said, start, stop: () => abort.current?.abort() };
}
