/** What the page of callbacks shows: filters, selection, and the receiver's form. Nothing of it outlives a reload. */
import { create } from 'zustand';
import type { DeliveryId, DeliveryState } from '#shared/callback/delivery.ts';
import type { ReceiverSettings } from '#shared/contract/callbacks.ts';
import { EMPTY_SELECTION, type Selection } from './selection.ts';

export const PERIODS = ['any', 'hour', 'day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export interface CallbackFilters {
  /** Null for all. */
  state: DeliveryState | null;
  host: string | null;
  period: Period;
  text: string;
}

export const ALL_CALLBACKS: CallbackFilters = { state: null, host: null, period: 'any', text: '' };

interface CallbackViewState {
  filters: CallbackFilters;
  selection: Selection<DeliveryId>;
  /** Which delivery the job's Callback tab opens; null for its newest. */
  shown: DeliveryId | null;
  /** As it was typed: the application does not give a secret back. */
  receiver: ReceiverSettings;

  setFilters(change: Partial<CallbackFilters>): void;
  setSelection(selection: Selection<DeliveryId>): void;
  show(id: DeliveryId | null): void;
  setReceiver(change: Partial<ReceiverSettings>): void;
}

export const useCallbackView = create<CallbackViewState>()((set) => ({
  filters: ALL_CALLBACKS,
  selection: EMPTY_SELECTION,
  shown: null,
  receiver: { port: null, secret: null, answerStatus: 200 },

  setFilters: (change) =>
    set(({ filters }) => ({
      filters: { ...filters, ...change },
      selection: EMPTY_SELECTION,
    })),
  setSelection: (selection) => set({ selection }),
  show: (shown) => set({ shown }),
  setReceiver: (change) => set(({ receiver }) => ({ receiver: { ...receiver, ...change } })),
}));
