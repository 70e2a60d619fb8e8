/** What keeps the history from following the runner, as a sentence; null when all is well. */
import { create } from 'zustand';

interface SyncState {
  problem: string | null;
  setProblem(problem: string | null): void;
}

export const useSyncProblem = create<SyncState>()((set) => ({
  problem: null,
  setProblem: (problem) => set({ problem }),
}));
