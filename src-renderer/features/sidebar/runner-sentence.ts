import type { RunnerStatus } from '#shared/contract/runner-state.ts';
import { countOf } from '../../words/count-words.ts';

/** "2 of 4 slots · 3 waiting": what runs, what waits, what is still to be told. */
export function runnerSentence(status: RunnerStatus): string {
  const waiting = Math.max(0, status.pending);
  return [
    status.running === 0
      ? `Idle, ${countOf(status.slots, 'slot')}`
      : `${status.running} of ${countOf(status.slots, 'slot')}`,
    waiting > 0 ? `${waiting} waiting` : '',
    status.callbacksDue > 0 ? `${countOf(status.callbacksDue, 'callback')} due` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
