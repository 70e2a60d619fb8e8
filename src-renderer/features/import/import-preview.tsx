import { useCallback, useMemo, useState } from 'react';
import type { ImportOpened } from '#shared/contract/documents.ts';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { formatBytes } from '../../components/format/bytes.ts';
import type { ConflictChoice } from '../../db/import-page.ts';
import { broughtBy } from '../../db/import-row.ts';
import { useServices } from '../../services/services.tsx';
import { useDialog, useHold } from '../../store/dialog-store.ts';
import { FIRST_PLAN, forecast, type ImportPlan } from '../../sync/imports/import-plan.ts';
import type { ListFilter } from '../../sync/imports/import-tally.ts';
import { formatCount } from '../../words/count-words.ts';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import { Decisions } from './decisions.tsx';
import { DocumentList, LINE_HEIGHT } from './document-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import type { ImportLine } from './import-line.ts';
import styles from './import-preview.module.css';
import { CHOICE_WORDS, importLabel, nameOf } from './import-words.ts';
import { LeaveButtons, LeaveNote } from './leave-question.tsx';
import { PreviewState } from './preview-state.tsx';
import { saveReport } from './save-report.ts';
import { type CommitWork, useCommit } from './use-commit.tsx';
import { useImportLines } from './use-import-lines.ts';
import { useReading } from './use-reading.ts';

/** What lies above the list: the filters, and a line or two of what is decided. */
const AROUND_PX = 100;

/** What is in the files, and what becomes of it. Nothing is written before one says so. */
export function ImportPreview({ opened, onClose }: { opened: ImportOpened; onClose: () => void }) {
  const { api, info } = useServices();
  const { importId } = opened;
  const { reading, snapshot, keepOpen } = useReading(opened);
  const { counts, groups, isWhole } = snapshot;
  const [filter, setFilter] = useState<ListFilter>('all');
  const [plan, setPlan] = useState<ImportPlan>(FIRST_PLAN);
  /** What was decided last, in words; '' where the button says it all. */
  const [lastDecided, setLastDecided] = useState<string | null>(null);
  const lines = useImportLines(importId, reading, filter);
  const sums = useMemo(() => forecast(plan, groups), [plan, groups]);
  const commit = useCommit(opened, reading, onClose, keepOpen);
  const isBusy = commit.work !== null;
  const decided = plan.exceptions.size;
  const [isLeaving, setIsLeaving] = useState(false);
  const isAsked = isLeaving && decided > 0 && !isBusy;
  useHold(holdOf(isBusy, decided));
  const leave = () => {
    useDialog.getState().hold(null);
    onClose();
  };
  const close = () => {
    if (isBusy) commit.stop();
    else if (decided === 0) leave();
    // Escape answers the question that it asked: stay.
    else setIsLeaving(!isAsked);
  };
  const brought = broughtBy(sums);
  const canStart = isWhole && !isBusy && !isAsked && brought > 0;
  const start = () => {
    if (!canStart) return;
    setLastDecided(null);
    void commit.start(plan, sums);
  };
  const decide = (next: ImportPlan) => {
    setLastDecided('');
    setPlan(next);
  };

  const choose = useCallback((line: ImportLine, choice: ConflictChoice) => {
    setLastDecided(`${CHOICE_WORDS[choice]}: ${line.name}.`);
    setPlan((before) => {
      const exceptions = new Map(before.exceptions);
      if (choice === before.conflicts) exceptions.delete(line.place);
      else exceptions.set(line.place, { choice, document: line });
      return { ...before, exceptions };
    });
  }, []);

  return (
    <Dialog
      opened
      onClose={close}
      size="l"
      padded={false}
      onGoAhead={start}
      title="Import"
      subtitle={subtitleOf(opened.files)}
      footerNote={isAsked ? <LeaveNote decided={decided} /> : footerNote(commit.work?.kind, sums.waiting)}
      footer={
        isAsked ? (
          <LeaveButtons onLeave={leave} onStay={close} />
        ) : (
          <>
            <Button
              onClick={close}
              disabled={commit.work?.kind === 'undoing'}
              title={isBusy ? 'What was brought so far is undone' : undefined}
            >
              {isBusy ? 'Stop' : 'Cancel'}
            </Button>
            <Button
              variant="primary"
              busy={isBusy}
              disabled={!isBusy && !canStart}
              title={goAheadKeys(info.platform)}
              onClick={start}
            >
              {importLabel(sums, isWhole)}
            </Button>
          </>
        )
      }
    >
      <PreviewState
        snapshot={snapshot}
        sums={sums}
        commit={commit}
        listProblem={lines.problem}
        onReadListAgain={() => void lines.again()}
        decided={lastDecided}
      />
      {counts.all === 0 ? null : (
        // As high as all of them, so that the dialog does not move from one list to another.
        <div
          className={styles.documents}
          style={{ flexBasis: counts.all * LINE_HEIGHT + AROUND_PX }}
          inert={isBusy}
        >
          <FilterBar counts={counts} value={filter} onChange={setFilter} />
          <Decisions
            filter={filter}
            counts={counts}
            groups={groups}
            sums={sums}
            plan={plan}
            isWhole={isWhole}
            onPlan={decide}
            onFilter={setFilter}
            onReport={() => void saveReport(api, { importId, refused: [...plan.refused] })}
          />
          {/* A list of its own for each filter: it begins at its top. */}
          <DocumentList
            key={filter}
            importId={importId}
            lines={lines}
            count={counts[filter]}
            plan={plan}
            onChoose={choose}
          />
        </div>
      )}
    </Dialog>
  );
}

function holdOf(isBusy: boolean, decided: number): string | null {
  if (isBusy) return 'An import is being written.';
  return decided > 0 ? 'Documents of an import are being decided on one by one.' : null;
}

function footerNote(work: CommitWork['kind'] | undefined, waiting: number): string {
  if (work === 'undoing') return 'What was brought is taken back.';
  if (work !== undefined) return 'All of it comes in, or nothing.';
  return waiting === 0
    ? 'Nothing runs by importing it.'
    : `Nothing runs by importing it: ${formatCount(waiting)} will wait for your approval.`;
}

function subtitleOf(files: ImportOpened['files']): string {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return `${nameOf(files)}, ${formatBytes(sizeBytes)}`;
}
