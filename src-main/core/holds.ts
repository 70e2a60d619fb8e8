/** What keeps the runner from starting jobs, although it has slots. */
import { HOLD_REASONS, type Hold, type HoldReason } from '#shared/contract/runner-state.ts';

export interface Holds {
  /** Null ends the hold. */
  set(reason: HoldReason, message: string | null): void;
  has(reason: HoldReason): boolean;
  list(): Hold[];
  /** Why a job is not started now; null where nothing holds it back. */
  reasonFor(needsNetwork: boolean): HoldReason | null;
}

/**
 * @param journalProblem why the journal refuses, which holds everything back by itself
 * @param changed called when there is a hold more or less
 */
export function createHolds(journalProblem: () => string | null, changed: () => void): Holds {
  const messages = new Map<HoldReason, string>();

  function messageOf(reason: HoldReason): string | null {
    return messages.get(reason) ?? (reason === 'journal' ? journalProblem() : null);
  }

  return {
    set(reason, message) {
      if (messageOf(reason) === message) return;
      if (message === null) messages.delete(reason);
      else messages.set(reason, message);
      changed();
    },
    has: (reason) => messageOf(reason) !== null,
    list: () =>
      HOLD_REASONS.flatMap((reason) => {
        const message = messageOf(reason);
        return message === null ? [] : [{ reason, message }];
      }),
    reasonFor: (needsNetwork) =>
      HOLD_REASONS.find((reason) => (reason !== 'network' || needsNetwork) && messageOf(reason) !== null) ??
      null,
  };
}
