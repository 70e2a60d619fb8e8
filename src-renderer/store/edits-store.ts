/** What was changed in the JSON of saved jobs and is not saved yet: it survives a reload and a restart. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { JobId } from '#shared/job/job-id.ts';

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
    { name: 'jobdeck-edits', partialize: ({ texts }) => ({ texts }) },
  ),
);
