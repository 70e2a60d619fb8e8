import { useEffect, useRef, useState } from 'react';
import type { ExportProgress } from '#shared/contract/exports.ts';
import { unwrap } from '#shared/contract/result.ts';
import { formatBytes } from '../../components/format/bytes.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { errorSentence } from '../../db/database-problem.ts';
import { useServices } from '../../services/services.tsx';
import { showError } from '../../services/show-error.ts';
import { useDialog, useHold } from '../../store/dialog-store.ts';
import type { ExportWatch, FinishedExport } from '../../sync/export.ts';
import { countOf } from '../../words/count-words.ts';

export interface Exporting {
  /** How far it is; null while nothing is written. */
  progress: Omit<ExportProgress, 'exportId'> | null;
  /** What went wrong, as a sentence. */
  problem: string | null;
  /** @param work asks for a file and writes it; null where none was chosen */
  start: (work: (watch: ExportWatch) => Promise<FinishedExport | null>) => Promise<void>;
  /** Ends it; what was begun of the file is removed. */
  stop: () => void;
}

const NOTHING_YET = { count: 0, files: 0, bytes: 0 };

/**
 * Writes to a file that the person chooses, and says where it is.
 * @param noun what is counted: "job"
 */
export function useExport(noun: string, onDone: () => void): Exporting {
  const { api } = useServices();
  const [progress, setProgress] = useState<Exporting['progress']>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  useHold(progress === null ? null : 'An export is being written.');

  const reveal = async (exportId: string) => {
    try {
      unwrap(await api.revealExport({ exportId }));
    } catch (error) {
      showError('It could not be shown.', error);
    }
  };

  const start: Exporting['start'] = async (work) => {
    const running = new AbortController();
    abort.current = running;
    setProblem(null);
    setProgress(NOTHING_YET);
    try {
      const report = await work({ onProgress: setProgress, signal: running.signal });
      if (report === null) return;
      useDialog.getState().hold(null);
      onDone();
      showToast(`${countOf(report.count, noun)} exported.`, {
        tone: 'good',
        detail: [...report.paths, sizeWords(report)].join(', '),
        action: { label: 'Show in folder', run: () => void reveal(report.exportId) },
        lastsMs: 12_000,
      });
    } catch (error) {
      if (running.signal.aborted) showToast('Export stopped. Nothing is left of it.');
      else {
        setProblem(`It could not be exported, and nothing is left of it. ${errorSentence(error)}`);
      }
    } finally {
      setProgress(null);
    }
  };

  return { progress, problem, start, stop: () => abort.current?.abort() };
}

function sizeWords({ files, sizeBytes }: FinishedExport): string {
  const size = formatBytes(sizeBytes);
  return files === 0 ? size : `${size}, with ${countOf(files, 'output file')}`;
}
