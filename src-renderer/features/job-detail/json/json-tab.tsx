import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from '../../../components/button/button.tsx';
import { copyText } from '../../../components/copy-text.ts';
import { CodeEditor } from '../../../components/editor/code-editor.tsx';
import { IconCopy } from '../../../components/icons.ts';
import { showToast } from '../../../components/toast/toast.tsx';
import { updateCreatedJob } from '../../../db/commands.ts';
import type { JobRow } from '../../../db/job-row.ts';
import { checkOneDocument, type DocumentCheck } from '../../../services/check-document.ts';
import { useServices } from '../../../services/services.tsx';
import { showError } from '../../../services/show-error.ts';
import { canEdit, documentText } from '../../../services/unsaved-edits.ts';
import { useEdits } from '../../../store/edits-store.ts';
import styles from './json-tab.module.css';

/** The exact document. A job that was not run yet can be changed here. */
export function JsonTab({ row }: { row: JobRow }) {
  const { api, db, nonce } = useServices();
  const kept = useMemo(() => documentText(row.job), [row.job]);
  const isEditable = canEdit(row);
  const edited = useEdits((edits) => edits.texts[row.id]);
  const setEdit = useEdits((edits) => edits.setEdit);
  const [problem, setProblem] = useState<string | null>(null);
  /** What was just written, until the row here is the one with it. */
  const [written, setWritten] = useState<string | null>(null);
  const isChanged = isEditable && edited !== undefined && edited !== kept;
  const text = isChanged ? edited : (written ?? kept);
  const wrong = !isChanged
    ? null
    : isJson(text)
      ? problem
      : 'This is not whole JSON yet; the mark shows where.';

  const check = useCallback(
    async (changed: string) => {
      const found = await checkOneDocument(api, changed);
      setProblem(found.sentence);
      return found.problems;
    },
    [api],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the row changed to is newer
  useEffect(() => setWritten(null), [kept]);

  const change = (typed: string) => setEdit(row.id, typed === kept ? null : typed);

  const save = async () => {
    try {
      const found: DocumentCheck = await checkOneDocument(api, text);
      const job = found.job;
      if (job === null) return setProblem(found.sentence ?? 'This is not a document that can be kept.');
      if (job.id !== row.id)
        return setProblem(`Expected the id to stay ${row.id}. Make a new job for another id.`);
      if (job.status !== 'created')
        return setProblem('Expected the status to stay "created": the runner sets it.');
      const { job: saved } = await updateCreatedJob(db, job);
      setWritten(documentText(saved));
      // What was typed meanwhile is not saved yet.
      if (useEdits.getState().texts[row.id] === text) setEdit(row.id, null);
      setProblem(null);
      showToast('Saved.', { tone: 'good' });
    } catch (error) {
      showError('The document could not be saved.', error);
    }
  };

  const copy = async () =>
    showToast((await copyText(text)) ? 'Copied.' : 'The clipboard could not be written.');

  return (
    <div className={styles.tab}>
      <CodeEditor
        label="JSON document"
        language="json"
        nonce={nonce}
        value={text}
        readOnly={!isEditable}
        {...(isEditable && { check, onChange: change })}
      />
      <footer className={styles.foot}>
        <span className={wrong === null ? styles.note : styles.problem} role="status">
          {wrong ?? standing(isEditable, isChanged)}
        </span>
        {isChanged ? (
          <>
            <Button variant="quiet" onClick={() => setEdit(row.id, null)}>
              Revert
            </Button>
            <Button variant="primary" onClick={() => void save()}>
              Save
            </Button>
          </>
        ) : (
          <Button variant="quiet" icon={<IconCopy size={15} />} onClick={() => void copy()}>
            Copy
          </Button>
        )}
      </footer>
    </div>
  );
}

function standing(isEditable: boolean, isChanged: boolean): string {
  if (!isEditable) return 'A job that was run is not changed any more.';
  return isChanged ? 'Changed, not saved yet.' : 'Saved, not run yet: can be changed here.';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The editor marks the place.
    return false;
  }
}
