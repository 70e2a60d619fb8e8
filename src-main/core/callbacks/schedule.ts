/** How long a delivery waits for its next attempt. Pure. */
import type { Random } from '../ports.ts';

/** Waits are drawn between what the schedule says and this much more of it, so that what failed together parts. */
export const JITTER = 0.1;

/**
 * Milliseconds before the attempt that comes after `step` others of the schedule: never less than it says. 0 where
 * the schedule has no such step.
 */
export function waitMs(scheduleMs: readonly number[], step: number, random: Random): number {
  return Math.floor((scheduleMs[step] ?? 0) * (1 + JITTER * random.next()));
}
