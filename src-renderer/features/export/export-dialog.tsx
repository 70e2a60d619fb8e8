import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import type { ExportFormat } from '#shared/contract/channels.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Choice } from '../../components/choice/choice.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { ProgressBar } from '../../components/progress-bar/progress-bar.tsx';
import { viewCounts } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useView } from '../../store/view-store.ts';
import { countOf, formatCount } from '../../words/count-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import styles from './export-dialog.module.css';
import { useExport } from './use-export.ts';

const LISTS = {
  all: 'All jobs',
  active: 'All active jobs',
  scheduled: 'All scheduled jobs',
  created: 'All saved jobs',
  completed: 'All done jobs',
  failed: 'All failed jobs',
  cancelled: 'All cancelled jobs',
} as const;

/** Which jobs, in which form; where to is asked by the system. */
export function ExportDialog({ ids, onClose }: { ids: readonly JobId[]; onClose: () => void }) {
  const { db, info } = useServices();
  const filter = useView((view) => view.filter);
  const search = useView((view) => view.search.trim());
  const counts = useLiveQuery(() => viewCounts(db), [db]);
  const [which, setWhich] = useState<'selected' | 'list'>(ids.length > 0 ? 'selected' : 'list');
  const [format, setFormat] = useState<ExportFormat>('array');
  const exporting = useExport(onClose);
  const { written, problem, stop } = exporting;
  const isBusy = written !== null;
  // How many a search finds is known when it has been read to its end: that is, when they are written.
  const inList = search === '' ? counts?.[filter] : undefined;
  const total = which === 'selected' ? ids.length : inList;
  const write = () => {
    if (!isBusy && total !== 0) {
      void exporting.start(which === 'selected' ? { ids } : { view: { filter, search } }, format);
    }
  };

  return (
    <Dialog
      opened
      onClose={isBusy ? stop : onClose}
      title="Export"
      size="s"
      onGoAhead={write}
      footer={
        <>
          <Button onClick={isBusy ? stop : onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button
            variant="primary"
            busy={isBusy}
            disabled={total === 0}
            title={goAheadKeys(info.platform)}
            onClick={write}
          >
            Choose file…
          </Button>
        </>
      }
    >
      <div className={styles.groups}>
        {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
        <Choice
          label="Jobs"
          value={which}
          onChange={setWhich}
          options={[
            ...(ids.length > 0
              ? [{ value: 'selected' as const, label: countOf(ids.length, 'selected job') }]
              : []),
            {
              value: 'list' as const,
              label: search === '' ? LISTS[filter] : `${LISTS[filter]} that match “${search}”`,
              ...(inList !== undefined && { note: formatCount(inList) }),
            },
          ]}
        />
        <Choice
          label="Format"
          value={format}
          onChange={setFormat}
          options={[
            { value: 'array', label: 'JSON array', note: 'one document that any JSON tool reads' },
            { value: 'ndjson', label: 'NDJSON', note: 'one job a line, for large histories' },
          ]}
        />
        {isBusy ? (
          <div className={styles.progress}>
            <ProgressBar label="Exporting" value={written} {...(total !== undefined && { max: total })} />
            <p className={styles.written} role="status">
              {written === 0
                ? 'Nothing written yet'
                : `${formatCount(written)}${total === undefined ? '' : ` of ${formatCount(total)}`} written`}
            </p>
          </div>
        ) : (
          <p className={styles.hint}>The records are written whole, as they can be imported again.</p>
        )}
      </div>
    </Dialog>
  );
}
