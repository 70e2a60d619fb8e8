/** What was changed in the JSON of saved jobs and is not saved yet: it survives a reload and a restart. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { JobId } from '#shared/job/job-id.ts';
import { MAX_KEPT_CHARACTERS } from './kept-text.ts';

interface EditsState {
  /** By the job, its document as text. */
  texts: Readonly<Record<JobId, string>>;
  /** Null once it is saved, reverted, or the job is gone. */
  setEdit(id: JobId, text: string | null): void;
}

export const useEdits = create<EditsState>()(
  persist(
    (set) => ({
      texts: {},
      setEdit: (id, text) =>
        set(({ texts: { [id]: _, ...others } }) => ({
          texts: text === null ? others : { ...others, [id]: text },
        })),
    }),
    {
      name: 'jobdeck-edits',
      partialize: ({ texts }) => ({ texts: thatFit(texts) }),
      merge: (stored, edits) => ({ ...edits, texts: textsIn(stored) }),
    },
  ),
);

/** What was stored, where it is what it should be. */
export function textsIn(stored: unknown): EditsState['texts'] {
  const texts: unknown = (stored as Partial<EditsState> | null | undefined)?.texts;
  if (typeof texts !== 'object' || texts === null) return {};
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === 'string'));
}

/** The newest that have room together. */
export function thatFit(texts: EditsState['texts']): EditsState['texts'] {
  const fit: [string, string][] = [];
  let room = MAX_KEPT_CHARACTERS;
  for (const entry of Object.entries(texts).reverse()) {
    if (entry[1].length > room) continue;
    room -= entry[1].length;
    fit.push(entry);
  }
  return Object.fromEntries(fit.reverse());
}
