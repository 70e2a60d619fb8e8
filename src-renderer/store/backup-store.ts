/** How backing up goes, wherever it was begun: view state, the backups are files. */
import { create } from 'zustand';

interface BackupWork {
  /** Why the last one could not be made; null where it could, or none was tried. */
  problem: string | null;
  setProblem(problem: string | null): void;
}

export const useBackups = create<BackupWork>()((set) => ({
  problem: null,
  setProblem: (problem) => set({ problem }),
}));
