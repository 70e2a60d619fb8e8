/** Which dialog is open, and what it was opened with. One at a time. */
import { create } from 'zustand';
import type { ImportPreview } from '#shared/contract/documents.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from '../db/job-row.ts';

export type OpenDialog =
  | { kind: 'new-job' }
  | { kind: 'import'; preview: ImportPreview }
  | { kind: 'export'; ids: JobId[] }
  | { kind: 'approval'; rows: JobRow[]; then: 'run' | 'run-again' }
  /** Null for a new queue. */
  | { kind: 'queue'; name: string | null }
  | { kind: 'settings' }
  | { kind: 'shortcuts' };

interface DialogState {
  dialog: OpenDialog | null;
  open(dialog: OpenDialog): void;
  close(): void;
}

export const useDialog = create<DialogState>()((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
