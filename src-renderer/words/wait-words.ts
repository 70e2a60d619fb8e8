/** What a waiting job waits for, in words. */
import { assertNever } from '#shared/app-error.ts';
import type { WaitReason } from '#shared/contract/runner-state.ts';
import { formatElapsed } from '../components/format/duration.ts';

/** Short enough for a column: "waiting", "retry in 12 s", "in 3 h 5 min". */
export function waitWord(reason: WaitReason, untilMs: number | null, nowMs: number): string {
  const left = untilMs === null ? null : untilMs - nowMs;
  switch (reason) {
    case 'slot':
    case 'queue-slot':
      return 'waiting';
    case 'queue-paused':
      return 'queue paused';
    case 'dependency':
      return 'waits for a job';
    case 'not-before':
      return left === null || left <= 0 ? 'due' : `in ${formatElapsed(left)}`;
    case 'retry':
      return left === null || left <= 0 ? 'retries now' : `retry in ${formatElapsed(left)}`;
    case 'duplicate':
      return 'joined another';
    case 'journal':
    case 'disk-full':
      return 'disk full';
    case 'battery':
      return 'on battery';
    case 'network':
      return 'no network';
    case 'finishing':
      return 'held back';
    default:
      return assertNever(reason);
  }
}

/** The same as a sentence, for where there is room. */
export function waitSentence(reason: WaitReason): string {
  switch (reason) {
    case 'slot':
      return 'Waiting for a free slot';
    case 'queue-slot':
      return 'Waiting for a free slot of its queue';
    case 'queue-paused':
      return 'Its queue is paused';
    case 'dependency':
      return 'Waiting for another job to end';
    case 'not-before':
      return 'Waiting for its time';
    case 'retry':
      return 'Waiting for the next attempt';
    case 'duplicate':
      return 'Ends as the equal job does that it joined';
    case 'journal':
      return 'Held back: the journal can’t be written';
    case 'disk-full':
      return 'Held back: the disk is full';
    case 'battery':
      return 'Held back while the machine runs on its battery';
    case 'network':
      return 'Held back while there is no network';
    case 'finishing':
      return 'Held back: Jobdeck finishes what runs and starts nothing more';
    default:
      return assertNever(reason);
  }
}
