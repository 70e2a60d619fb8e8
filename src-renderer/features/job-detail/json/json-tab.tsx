import { useCallback, useMemo, useState } from 'react';
import { inSchemaOrder } from '#shared/job/new-job.ts';
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
import styles from './json-tab.module.css';

/** The exact document. A job that was not run yet can be changed here. */
export function JsonTab({ row }: { row: JobRow }) {
  const { api, db, nonce } = useServices();
  const kept = useMemo(() => JSON.stringify(inSchemaOrder(row.job), null, 2), [row.job]);
  const canEdit = row.bucket === 'created' && row.status === 'created';
  const [edited, setEdited] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const text = canEdit && edited !== null ? edited : kept;
  const isChanged = text !== kept;
  const said =
    isChanged && !isJson(text)
      ? 'This is not whole JSON yet; the mark shows where.'
      : isChanged
        ? problem
        : null;

  const check = useCallback(
    async (changed: string) => {
      const found = await checkOneDocument(api, changed);
      setProblem(found.sentence);
      return found.problems;
    },
    [api],
  );

  const save = async () => {
    try {
      const found: DocumentCheck = await checkOneDocument(api, text);
      const job = found.job;
      if (job === null) return setProblem(found.sentence ?? 'This is not a document that can be kept.');
      if (job.id !== row.id)
        return setProblem(`Expected the id to stay ${row.id}. Make a new job for another id.`);
      if (job.status !== 'created')
        return setProblem('Expected the status to stay "created": the runner sets it.');
      await updateCreatedJob(db, job);
      setEdited(null);
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
        readOnly={!canEdit}
        {...(canEdit && { check, onChange: setEdited })}
      />
      <footer className={styles.foot}>
        <span className={said ? styles.problem : styles.note} role="status">
          {said ??
            (canEdit
              ? 'Saved, not run yet: can be changed here.'
              : 'A job that was run is not changed any more.')}
        </span>
        {isChanged ? (
          <>
            <Button variant="quiet" onClick={() => setEdited(null)}>
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The editor marks the place.
    return false;
  }
}
