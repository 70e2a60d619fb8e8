import { Menu } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { Banner } from '../../components/banner/banner.tsx';
import { Button } from '../../components/button/button.tsx';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { CodeEditor } from '../../components/editor/code-editor.tsx';
import { IconChevronDown } from '../../components/icons.ts';
import { showError, showToast } from '../../components/toast/toast.tsx';
import { saveJob } from '../../db/commands.ts';
import { checkOneDocument, type DocumentCheck } from '../../services/check-document.ts';
import { examples } from '../../services/examples.ts';
import { newRecord } from '../../services/new-record.ts';
import { useServices } from '../../services/services.tsx';
import { useJobActions } from '../../services/use-job-actions.ts';
import { useDraft } from '../../store/draft-store.ts';
import { useView } from '../../store/view-store.ts';
import { type DraftForm, draftText, EMPTY_DOCUMENT, formOf, parseDraft, withForm } from './draft.ts';
import { DraftFormFields } from './draft-form.tsx';
import styles from './new-job.module.css';

/** A new job is given its id and its time when it is saved: nothing that its author has to know of. */
const isGiven = (path: string) => path === '/id' || path === '/created_at';

/** Writing a job: a form and its JSON side by side, either edits the other. */
export function NewJobDialog({ onClose }: { onClose: () => void }) {
  const { api, db, info, nonce } = useServices();
  const actions = useJobActions();
  const text = useDraft((draft) => draft.text) ?? draftText(EMPTY_DOCUMENT);
  const setText = useDraft((draft) => draft.setText);
  const parsed = useMemo(() => parseDraft(text), [text]);
  const lastGood = useRef<BatchJobDocument>(EMPTY_DOCUMENT);
  if (parsed !== null) lastGood.current = parsed;
  const document = parsed ?? lastGood.current;
  const [checked, setChecked] = useState<DocumentCheck | null>(null);
  const [isShown, setIsShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const fields = useRef<HTMLDivElement>(null);

  // A refused attempt leads to the first field that is to be mended.
  useEffect(() => {
    if (isShown && !isBusy) fields.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [isShown, isBusy]);

  const check = useCallback(
    async (changed: string) => {
      const found = await checkOneDocument(api, changed);
      setChecked(found);
      return found.problems.filter((problem) => problem.severity === 'error' || !isGiven(problem.path));
    },
    [api],
  );

  // Errors of fields that one has not come to yet are not shouted: only after an attempt to save.
  const errorAt = (path: string) =>
    isShown && checked?.job === null
      ? checked.problems.find((problem) => problem.path === path && problem.severity === 'error')?.message
      : undefined;

  const save = async (andRun: boolean) => {
    if (isBusy) return;
    setIsShown(true);
    setIsBusy(true);
    try {
      const found = await checkOneDocument(api, text);
      setChecked(found);
      if (found.job === null) return;
      // The id and times of what was typed count, not those that the check would fill in.
      const job = newRecord({ ...found.job, ...(parsed?.id === undefined && { id: '' }) }, info.profileId);
      const row = await saveJob(db, job, { origin: 'author' });
      setText(null);
      onClose();
      const { filter, setFilter, setSearch, showJob } = useView.getState();
      setSearch('');
      if (filter !== 'all') setFilter('all');
      showJob(row.id, andRun ? 'output' : 'overview');
      if (andRun) await actions.run([row.id]);
      else showToast(`“${row.name}” saved.`, { tone: 'good' });
    } catch (error) {
      showError('The job could not be saved.', error);
    } finally {
      setIsBusy(false);
    }
  };

  const change = (part: Partial<DraftForm>) => setText(draftText(withForm(document, part)));
  const problem =
    parsed === null ? 'The JSON is not whole; the form shows it as it was before.' : checked?.sentence;

  return (
    <Dialog
      opened
      onClose={onClose}
      title="New job"
      size="full"
      padded={false}
      focusesField
      footerNote={
        isShown || parsed === null ? (
          problem ? (
            <span className={styles.problem} role="alert">
              {problem}
            </span>
          ) : null
        ) : (
          'A draft is kept until you save or clear it.'
        )
      }
      footer={
        <>
          <Button
            variant="quiet"
            onClick={() => {
              setText(null);
              setIsShown(false);
            }}
          >
            Clear
          </Button>
          <Button busy={isBusy} onClick={() => void save(false)}>
            Save
          </Button>
          <Button variant="primary" busy={isBusy} onClick={() => void save(true)}>
            Run now
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a key for all the fields inside */}
      <div
        className={styles.columns}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            void save(true);
          }
        }}
      >
        <div ref={fields} className={styles.left}>
          <ExampleMenu onPick={(picked) => setText(draftText(picked))} />
          {parsed === null ? (
            <Banner tone="warn">The JSON beside is not whole. Mend it to go on here.</Banner>
          ) : null}
          <DraftFormFields form={formOf(document)} onChange={change} errorAt={errorAt} nonce={nonce} />
        </div>
        <div className={styles.right}>
          <h3 className={styles.heading}>JSON</h3>
          <CodeEditor
            label="JSON of the new job"
            language="json"
            nonce={nonce}
            value={text}
            onChange={setText}
            check={check}
          />
        </div>
      </div>
    </Dialog>
  );
}

function ExampleMenu({ onPick }: { onPick: (document: BatchJobDocument) => void }) {
  const all = useMemo(examples, []);
  if (all.length === 0) return null;
  return (
    <Menu position="bottom-start" offset={4} transitionProps={{ duration: 0 }} withinPortal>
      <Menu.Target>
        <Button className={styles.examples} icon={<IconChevronDown size={14} />}>
          Start from an example
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Examples">
        {all.map((example) => (
          <Menu.Item key={example.name} onClick={() => onPick(withoutIdentity(example.document))}>
            {example.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A copy is a job of its own: it gets its own id and time. */
function withoutIdentity({ id: _id, created_at: _at, ...document }: BatchJobDocument): BatchJobDocument {
  return document;
}
