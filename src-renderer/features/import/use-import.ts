import { useEffect, useRef, useState } from 'react';
import type { ImportPreview } from '#shared/contract/documents.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { jobsByIds } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { importDocuments } from '../../sync/import.ts';
import { countOf } from '../../words/count-words.ts';
import { whatCanBeDone } from '../../words/what-can-be-done.ts';
import { importedSentence } from './import-words.ts';
import { showImported } from './show-imported.ts';

export interface Importing {
  /** How many documents were gone through; null while nothing is imported. */
  done: number | null;
  /** What went wrong, as a sentence. */
  problem: string | null;
  start: () => Promise<void>;
  /** Ends it after the page at hand; what was imported stays. */
  stop: () => void;
}

/**
 * Writes the new documents of an import to the history, and leads there.
 * @param waiting how many of them could run, and wait for an approval
 */
export function useImport(preview: ImportPreview, waiting: number, onDone: () => void): Importing {
  const { api, db } = useServices();
  const actions = useJobActions();
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const review = async (added: readonly JobId[]) => {
    const rows = await jobsByIds(db, added);
    await actions.run(rows.filter((row) => whatCanBeDone([row]).run).map((row) => row.id));
  };

  const start = async () => {
    const running = new AbortController();
    abort.current = running;
    const { signal } = running;
    let added = 0;
    setProblem(null);
    setDone(0);
    try {
      const report = await importDocuments({ api, db }, preview, {
        signal,
        onProgress: setDone,
        onPage: (_, taken) => {
          added += taken.added.length;
        },
      });
      onDone();
      await showImported(db, report.added);
      const { sentence, detail } = importedSentence(report, waiting);
      showToast(sentence, {
        tone: 'good',
        ...(detail !== '' && { detail }),
        ...(waiting > 0 && { action: { label: 'Review', run: () => void review(report.added) } }),
      });
    } catch (error) {
      setDone(null);
      const kept = added === 0 ? 'Nothing was imported.' : `${countOf(added, 'job')} imported before stay.`;
      if (signal.aborted) {
        onDone();
        showToast('Import stopped.', { detail: kept });
      } else {
        setProblem(
          `The import stopped part of the way. ${error instanceof Error ? error.message : String(error)} ${kept}`,
        );
      }
    }
  };

  return { done, problem, start, stop: () => abort.current?.abort() };
}
