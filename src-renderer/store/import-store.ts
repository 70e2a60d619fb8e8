/** What goes on with imports, whichever dialog is open: view state, the rest is in the history. */
import { create } from 'zustand';

interface ImportWork {
  /** The files are looked up, and their import is not there yet. */
  isOpening: boolean;
  /** The imports that are being undone, and how many of their jobs are. */
  undoing: ReadonlyMap<string, number>;
  setOpening(isOpening: boolean): void;
  /** Null once it is over. */
  setUndoing(id: string, done: number | null): void;
}

export const useImportWork = create<ImportWork>()((set) => ({
  isOpening: false,
  undoing: new Map(),
  setOpening: (isOpening) => set({ isOpening }),
  setUndoing: (id, done) =>
    set(({ undoing }) => {
      const next = new Map(undoing);
      if (done === null) next.delete(id);
      else next.set(id, done);
      return { undoing: next };
    }),
}));
