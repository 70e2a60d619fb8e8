import { useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '#shared/contract/channels.ts';
import { formatBytes } from '../../components/format/bytes.ts';
import { showToast } from '../../components/toast/toast.tsx';
import { useServices } from '../../services/services.tsx';
import { type ExportSelection, exportJobs } from '../../sync/export.ts';
import { countOf } from '../../words/count-words.ts';
import { suggestedName } from './suggested-name.ts';

export interface Exporting {
  /** How many jobs are written; null while nothing is. */
  written: number | null;
  /** What went wrong, as a sentence. */
  problem: string | null;
  start: (selection: ExportSelection, format: ExportFormat) => Promise<void>;
  /** Ends it; what was begun of the file is removed. */
  stop: () => void;
}

/** Writes jobs to a file that the person chooses, and says where it is. */
export function useExport(onDone: () => void): Exporting {
  const { api, db } = useServices();
  const [written, setWritten] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async (selection: ExportSelection, format: ExportFormat) => {
    const running = new AbortController();
    abort.current = running;
    setProblem(null);
    setWritten(0);
    try {
      const report = await exportJobs({ api, db }, selection, format, {
        suggestedName: suggestedName(format, new Date()),
        onProgress: setWritten,
        signal: running.signal,
      });
      if (report === null) return;
      onDone();
      showToast(`${countOf(report.count, 'job')} exported.`, {
        tone: 'good',
        detail: `${report.path}, ${formatBytes(report.sizeBytes)}`,
        lastsMs: 10_000,
      });
    } catch (error) {
      if (running.signal.aborted) showToast('Export stopped. No file was written.');
      else {
        setProblem(
          `The file could not be written, and nothing is left of it. ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    } finally {
      setWritten(null);
    }
  };

  return { written, problem, start, stop: () => abort.current?.abort() };
}
