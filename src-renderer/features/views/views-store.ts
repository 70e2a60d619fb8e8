/** Which view is being given a name. */
import { create } from 'zustand';

interface ViewsState {
  naming: string | null;
  setNaming(id: string | null): void;
}

export const useViewNaming = create<ViewsState>()((set) => ({
  naming: null,
  setNaming: (naming) => set({ naming }),
}));
