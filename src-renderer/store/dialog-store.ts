/** Which dialog is open, and what it was opened with. One at a time. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import type { ImportOpened } from '#shared/contract/documents.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { JobRow } from '../db/job-row.ts';

export type OpenDialog =
  | { kind: 'new-job' }
  /** Null before there is anything to import: where one says what, and sees the imports before. */
  | { kind: 'import'; opened: ImportOpened | null }
  | { kind: 'export'; ids: JobId[] }
  /** Of a batch, or the chain of its re-runs, what its items came to. */
  | { kind: 'export-results'; jobIds: JobId[]; name: string; total: number }
  | { kind: 'approval'; rows: JobRow[]; then: 'run' | 'run-again' }
  /** Null for a new queue. */
  | { kind: 'queue'; name: string | null }
  /** Sends a callback to another URL: of a delivery that was made, or a new one of the job's end. */
  | { kind: 'send-callback'; jobId: JobId; deliveryId: DeliveryId | null; url: string }
  | { kind: 'resend-callbacks' }
  | { kind: 'receiver' }
  | { kind: 'restore' }
  | { kind: 'settings'; page?: SettingsPage }
  | { kind: 'shortcuts' };

export type SettingsPage = 'general' | 'running' | 'callbacks' | 'history' | 'models' | 'secrets';

interface DialogState {
  dialog: OpenDialog | null;
  /**
   * While what it does must not end half-way, what that is, as a sentence: "An import is being written." The dialog
   * stays then, and no other takes its place.
   */
  held: string | null;
  open(dialog: OpenDialog): void;
  close(): void;
  /** Null once it may go again. */
  hold(why: string | null): void;
}

export const useDialog = create<DialogState>()((set) => ({
  dialog: null,
  held: null,
  open: (dialog) => set((state) => (state.held === null ? { dialog } : state)),
  close: () => set((state) => (state.held === null ? { dialog: null } : state)),
  hold: (held) => set({ held }),
}));

/** Holds the open dialog for as long as there is a reason to. What closes it after that must come after the hold. */
export function useHold(why: string | null): void {
  useEffect(() => {
    if (why === null) return;
    useDialog.getState().hold(why);
    return () => useDialog.getState().hold(null);
  }, [why]);
}
