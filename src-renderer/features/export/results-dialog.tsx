import { useState } from 'react';
import type { ItemExportFormat } from '#shared/contract/exports.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Check } from '../../components/check/check.tsx';
import { Choice } from '../../components/choice/choice.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { useServices } from '../../services/services.tsx';
import { exportResults } from '../../sync/export.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import styles from './export-dialog.module.css';
import { ExportProgress } from './export-progress.tsx';
import { RESULT_OPTIONS, resultHint } from './export-words.ts';
import { suggestedResultName } from './suggested-name.ts';
import { useExport } from './use-export.ts';

/**
 * What a batch came to, in which form; where to is asked by the system.
 * @param jobIds the batch, or the chain of its re-runs from the first to the last
 */
export function ResultsDialog(props: {
  jobIds: readonly JobId[];
  name: string;
  /** How many items there are. */
  total: number;
  onClose: () => void;
}) {
  const { jobIds, name, total, onClose } = props;
  const { api, info } = useServices();
  const [format, setFormat] = useState<ItemExportFormat>('ndjson');
  const [isGzip, setGzip] = useState(false);
  const { progress, problem, start, stop } = useExport('result', onClose);
  const isBusy = progress !== null;
  const write = () => {
    if (isBusy) return;
    const suggested = suggestedResultName(name, format, isGzip);
    const request = { jobIds: [...jobIds], format, isGzip, suggestedName: suggested };
    void start((watch) => exportResults(api, request, watch));
  };

  return (
    <Dialog
      opened
      onClose={isBusy ? stop : onClose}
      title="Export results"
      subtitle={name}
      size="s"
      onGoAhead={write}
      footer={
        <>
          <Button onClick={isBusy ? stop : onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button variant="primary" busy={isBusy} title={goAheadKeys(info.platform)} onClick={write}>
            Choose file…
          </Button>
        </>
      }
    >
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <div className={styles.column} inert={isBusy}>
        <Choice label="Format" value={format} onChange={setFormat} options={RESULT_OPTIONS} />
        <Check label="Compress it (gzip)" checked={isGzip} onChange={setGzip} />
      </div>
      <ExportProgress progress={progress} noun="result" total={total} hint={resultHint(format)} />
    </Dialog>
  );
}
