/** Which jobs go, of those of one status, and which lose their output: decided from the newest to the oldest. Pure. */
import type { RetentionLimits, RetentionRule } from '#shared/contract/retention.ts';

/** What the rules look at of a job. */
export interface Kept {
  /** When it ended, milliseconds since 1970. */
  endedAtMs: number;
  /** Of its output on the disk. */
  outputBytes: number;
  /** With its output. */
  bytes: number;
  /** It may not be deleted now. */
  isHeld: boolean;
}

export type Fate = 'stays' | 'loses-output' | 'goes';

const DAY_MS = 24 * 3_600_000;
const MEGABYTE = 1_000_000;

/**
 * Decides for one job after the other, the newest first. What stays counts towards the limits, as it stays: a job that
 * loses its output without that, one that may not be deleted although it does not fit; what goes, not at all. So a
 * second round finds nothing more to do.
 */
export function createRetention({ jobs, output }: RetentionRule, nowMs: number): (job: Kept) => Fate {
  const jobRoom = roomOf(jobs, nowMs);
  const outputRoom = roomOf(output, nowMs);
  return ({ endedAtMs, outputBytes, bytes, isHeld }) => {
    const losesOutput = outputBytes > 0 && !isHeld && !outputRoom.has(endedAtMs, outputBytes);
    const keptBytes = losesOutput ? bytes - outputBytes : bytes;
    if (!isHeld && !jobRoom.has(endedAtMs, keptBytes)) return 'goes';
    jobRoom.take(keptBytes);
    if (losesOutput) return 'loses-output';
    if (outputBytes > 0) outputRoom.take(outputBytes);
    return 'stays';
  };
}

/** Up to when jobs may have ended for a rule to touch them; Infinity where it may touch any. */
export function touchedBefore({ jobs, output }: RetentionRule, nowMs: number): number {
  return Math.max(limitedBefore(jobs, nowMs), limitedBefore(output, nowMs));
}

function limitedBefore({ days, count, megabytes }: RetentionLimits, nowMs: number): number {
  if (count !== null || megabytes !== null) return Number.POSITIVE_INFINITY;
  return days === null ? Number.NEGATIVE_INFINITY : nowMs - days * DAY_MS;
}

function roomOf({ days, count, megabytes }: RetentionLimits, nowMs: number) {
  const oldestMs = days === null ? Number.NEGATIVE_INFINITY : nowMs - days * DAY_MS;
  let left = count ?? Number.POSITIVE_INFINITY;
  let bytesLeft = megabytes === null ? Number.POSITIVE_INFINITY : megabytes * MEGABYTE;
  return {
    has: (endedAtMs: number, bytes: number): boolean =>
      endedAtMs >= oldestMs && left > 0 && bytes <= bytesLeft,
    take(bytes: number): void {
      left -= 1;
      bytesLeft -= bytes;
    },
  };
}
