import { useRef, useState } from 'react';
import type { OpenAiBatchFile } from '#shared/contract/items.ts';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { CodeEditor } from '../../components/editor/code-editor.tsx';
import { useServices } from '../../services/services.tsx';
import { goAheadKeys } from '../../words/go-ahead-keys.ts';
import { draftProblems } from './draft/problems.ts';
import { whenModeOf } from './draft/when.ts';
import { DraftProvider } from './draft-context.tsx';
import { DraftFormFields } from './draft-form.tsx';
import { InsertionArea } from './fields/insertion.tsx';
import { UnfinishedProvider, useUnfinishedFields } from './fields/unfinished.tsx';
import { FirstItem } from './items/first-item.tsx';
import { PreviewProvider } from './items/preview-context.tsx';
import { useItemPreview } from './items/use-item-preview.ts';
import styles from './new-job.module.css';
import { OpenAiBatchPanel } from './start/openai-batch-panel.tsx';
import { StartMenu } from './start/start-menu.tsx';
import { useDraftCheck } from './use-draft-check.ts';
import { useDraftDocument } from './use-draft-document.ts';
import { useFocusWrong } from './use-focus-wrong.ts';
import { useSaveJob } from './use-save-job.ts';

const GO_AHEAD = { now: 'Run now', later: 'Queue', schedule: 'Schedule' } as const;

/** Writing a job: a form and its JSON side by side, either edits the other. */
export function NewJobDialog({ onClose }: { onClose: () => void }) {
  const { info, nonce } = useServices();
  const draft = useDraftDocument();
  const { form, text, document } = draft;
  const check = useDraftCheck(form);
  const unfinished = useUnfinishedFields();
  const preview = useItemPreview(form.items);
  const { saveJob, isBusy } = useSaveJob();
  const [batchFile, setBatchFile] = useState<OpenAiBatchFile | null>(null);
  const columns = useRef<HTMLDivElement>(null);
  const focusWrong = useFocusWrong(columns);
  const mode = whenModeOf(form);

  const save = async (andRun: boolean) => {
    if (isBusy) return;
    check.setIsShown(true);
    if (document === null) return;
    if (unfinished.sentences.length > 0 || draftProblems(form).length > 0) return focusWrong();
    await saveJob({
      check: () => check.check(text),
      isNamed: document.id !== undefined,
      andRun,
      onRefused: focusWrong,
      onSaved: () => {
        draft.clear();
        onClose();
      },
    });
  };
  // Another job: what was half typed for the one before goes with it.
  const [jobNumber, setJobNumber] = useState(0);
  const begin = (begun: BatchJobDocument | null) => {
    if (begun === null) draft.clear();
    else draft.setDocument(begun);
    setJobNumber((number) => number + 1);
    check.setIsShown(false);
    setBatchFile(null);
  };
  const problem =
    document === null
      ? 'The JSON is not whole; the form shows it as it was before.'
      : check.isShown
        ? (unfinished.sentences[0] ?? check.sentence)
        : null;

  return (
    <Dialog
      opened
      onClose={onClose}
      title="New job"
      size="full"
      padded={false}
      focusesField
      onGoAhead={() => void save(true)}
      footerNote={
        problem === null ? (
          'A draft is kept until you save or clear it.'
        ) : (
          <span className={styles.problem} role="alert">
            {problem}
          </span>
        )
      }
      footer={
        <>
          <Button variant="quiet" onClick={() => begin(null)}>
            Clear
          </Button>
          <Button disabled={isBusy} onClick={() => void save(false)}>
            Save
          </Button>
          <Button
            variant="primary"
            disabled={isBusy}
            title={goAheadKeys(info.platform)}
            onClick={() => void save(true)}
          >
            {GO_AHEAD[mode]}
          </Button>
        </>
      }
    >
      <DraftProvider value={{ form, onChange: draft.change, errorAt: check.errorAt }}>
        <UnfinishedProvider value={unfinished.report}>
          <PreviewProvider value={preview}>
            <div ref={columns} className={styles.columns}>
              <InsertionArea className={styles.left}>
                {batchFile === null ? (
                  <StartMenu onPick={begin} onOpenAiBatch={setBatchFile} />
                ) : (
                  <OpenAiBatchPanel file={batchFile} onCancel={() => setBatchFile(null)} onFill={begin} />
                )}
                {document === null ? (
                  <Banner tone="warn">The JSON beside is not whole. Mend it to go on here.</Banner>
                ) : null}
                <DraftFormFields key={jobNumber} />
              </InsertionArea>
              <div className={styles.right}>
                <h3 className={styles.heading}>JSON</h3>
                <CodeEditor
                  label="JSON of the new job"
                  language="json"
                  nonce={nonce}
                  value={text}
                  onChange={draft.setText}
                  check={check.checkInEditor}
                />
                {form.items === undefined ? null : <FirstItem job={check.job} />}
              </div>
            </div>
          </PreviewProvider>
        </UnfinishedProvider>
      </DraftProvider>
    </Dialog>
  );
}
