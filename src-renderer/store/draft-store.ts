/** The new job that is being written, as text: it survives a reload and a restart. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { MAX_KEPT_CHARACTERS } from './kept-text.ts';

interface DraftState {
  /** The JSON document; null where nothing was begun. */
  text: string | null;
  setText(text: string | null): void;
}

export const useDraft = create<DraftState>()(
  persist((set) => ({ text: null, setText: (text) => set({ text }) }), {
    name: 'jobdeck-draft',
    partialize: ({ text }) => ({ text: (text?.length ?? 0) > MAX_KEPT_CHARACTERS ? null : text }),
  }),
);
