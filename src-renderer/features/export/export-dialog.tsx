import { useLiveQuery } from 'dexie-react-hooks';
import { useState } from 'react';
import type { ExportFormat, ExportPacking, Redaction } from '#shared/contract/exports.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Check } from '../../components/check/check.tsx';
import { Choice } from '../../components/choice/choice.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { viewCounts } from '../../db/queries.ts';
import { useServices } from '../../services/services.tsx';
import { useView } from '../../store/view-store.ts';
import { exportJobs } from '../../sync/export.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import styles from './export-dialog.module.css';
import { ExportProgress } from './export-progress.tsx';
import { exportHint, FORMAT_OPTIONS, hasOutput, PACKING_OPTIONS } from './export-words.ts';
import { inOrder } from './in-order.ts';
import { suggestedName } from './suggested-name.ts';
import { useExport } from './use-export.ts';
import {
  firstOption,
  orderOf,
  type Place,
  selectionOf,
  type Which,
  whichOptions,
  whyNoView,
} from './which-jobs.ts';

/** Which jobs, in which form, and what is left out; where to is asked by the system. */
export function ExportDialog({ ids, onClose }: { ids: readonly JobId[]; onClose: () => void }) {
  const { api, db, info } = useServices();
  const place = usePlace(ids);
  const options = whichOptions(place);
  const [chosen, setChosen] = useState<Which | null>(null);
  const option = options.find(({ value }) => value === chosen) ?? firstOption(place);
  const missing = whyNoView(place);
  const [format, setFormat] = useState<ExportFormat>('array');
  const [packing, setPacking] = useState<ExportPacking>('plain');
  const [leftOut, setLeftOut] = useState<Redaction>({ callbackUrls: false, metadataValues: false });
  // The output would show what was taken out of the records.
  const redaction = { ...leftOut, metadataValues: leftOut.metadataValues && !hasOutput(packing) };
  const { progress, problem, start, stop } = useExport('job', onClose);
  const isBusy = progress !== null;
  const canStart = !isBusy && option !== undefined && option.count !== 0;
  const write = () => {
    if (!canStart) return;
    const request = {
      ...{ format, packing, redaction },
      suggestedName: suggestedName(format, packing, new Date()),
    };
    const isSheet = format === 'csv';
    const selection = selectionOf(option.value, isSheet, place);
    void start(async (watch) =>
      exportJobs({ api, db }, await inOrder(db, selection, orderOf(isSheet, place)), request, watch),
    );
  };

  return (
    <Dialog
      opened
      onClose={isBusy ? stop : onClose}
      title="Export"
      onGoAhead={write}
      footer={
        <>
          <Button onClick={isBusy ? stop : onClose}>{isBusy ? 'Stop' : 'Cancel'}</Button>
          <Button
            variant="primary"
            busy={isBusy}
            disabled={!isBusy && !canStart}
            title={goAheadKeys(info.platform)}
            onClick={write}
          >
            {packing === 'folder' ? 'Choose folder…' : 'Choose file…'}
          </Button>
        </>
      }
    >
      {problem === null ? null : <Banner tone="bad">{problem}</Banner>}
      <div className={styles.groups} inert={isBusy}>
        <div>
          <Choice<Which | ''>
            label="Jobs"
            value={option?.value ?? ''}
            onChange={(which) => setChosen(which === '' ? null : which)}
            options={options}
          />
          {missing === null ? null : <p className={styles.hint}>{missing}</p>}
        </div>
        <Choice label="Format" value={format} onChange={setFormat} options={FORMAT_OPTIONS} />
        <Choice label="Into" value={packing} onChange={setPacking} options={PACKING_OPTIONS} />
        <LeaveOut
          packing={packing}
          value={redaction}
          onChange={(change) => setLeftOut((before) => ({ ...before, ...change }))}
        />
      </div>
      <ExportProgress
        progress={progress}
        noun="job"
        total={option?.count}
        hint={exportHint(format, packing, redaction)}
      />
    </Dialog>
  );
}

function LeaveOut(props: {
  packing: ExportPacking;
  /** As it would be done: what is ticked and cannot be done with this packing is off meanwhile. */
  value: Redaction;
  onChange: (change: Partial<Redaction>) => void;
}) {
  const { packing, value, onChange } = props;
  return (
    <fieldset className={styles.leaveOut}>
      <legend className={styles.legend}>Leave out</legend>
      <Check
        label="Callback URLs"
        note="And what the errors of callbacks say."
        checked={value.callbackUrls}
        onChange={(callbackUrls) => onChange({ callbackUrls })}
      />
      <Check
        label="Values of metadata"
        note={
          hasOutput(packing)
            ? 'Not with the output, which would show them.'
            : 'Names, tags, notes, tasks, items, output and what errors say. Keys, times, counts and exit codes stay.'
        }
        checked={value.metadataValues}
        disabled={hasOutput(packing)}
        onChange={(metadataValues) => onChange({ metadataValues })}
      />
    </fieldset>
  );
}

/** Where one is: the list, its search and order, and how many jobs there are. */
function usePlace(ids: readonly JobId[]): Place {
  const { db } = useServices();
  const filter = useView((view) => view.filter);
  const search = useView((view) => view.search.trim());
  const sort = useView((view) => view.sort);
  const savedView = useView((view) => view.savedView);
  const counts = useLiveQuery(() => viewCounts(db), [db]);
  const saved = useLiveQuery(
    () => (savedView === null ? undefined : db.views.get(savedView)),
    [db, savedView],
  );
  return { ids, filter, search, sort, viewName: saved?.name ?? null, counts };
}
