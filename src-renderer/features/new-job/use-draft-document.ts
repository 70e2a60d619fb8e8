import { useMemo, useRef } from 'react';
import type { BatchJobDocument } from '#shared/job/batch-job.ts';
import { useDraft } from '../../store/draft-store.ts';
import {
  type DraftFields,
  type DraftForm,
  draftText,
  EMPTY_DOCUMENT,
  formOf,
  parseDraft,
  withForm,
} from './draft/draft.ts';

export interface DraftDocument {
  text: string;
  form: DraftForm;
  /** Null while the text is not a whole document: the form shows it as it was before. */
  document: BatchJobDocument | null;
  setText: (text: string) => void;
  setDocument: (document: BatchJobDocument) => void;
  change: (part: Partial<DraftFields>) => void;
  clear: () => void;
}

/** The draft as text and as form, either of which changes the other. */
export function useDraftDocument(): DraftDocument {
  const text = useDraft((draft) => draft.text) ?? draftText(EMPTY_DOCUMENT);
  const setText = useDraft((draft) => draft.setText);
  const document = useMemo(() => parseDraft(text), [text]);
  const lastWhole = useRef<BatchJobDocument>(EMPTY_DOCUMENT);
  if (document !== null) lastWhole.current = document;
  const shown = document ?? lastWhole.current;
  const form = useMemo(() => formOf(shown), [shown]);
  return {
    text,
    form,
    document,
    setText,
    setDocument: (changed) => setText(draftText(changed)),
    change: (part) => setText(draftText(withForm(shown, part))),
    clear: () => setText(null),
  };
}
