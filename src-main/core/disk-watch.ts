/** Holds starts back while the disk is full, and lets them go on by itself once there is room. */
import type { Disposer } from '#shared/contract/app-api.ts';
import type { Clock, DiskSpace } from './ports.ts';

const MIB = 1024 * 1024;
/** With less than this nothing is started. */
export const MIN_FREE_BYTES = 32 * MIB;
/** Room is there again with this, and with `REGAINED_BYTES` more than when it ran out. */
export const ENOUGH_FREE_BYTES = 128 * MIB;
export const REGAINED_BYTES = 64 * MIB;
/** How old an answer may be when a job starts, milliseconds. */
export const FRESH_MS = 5000;
/** How often a full disk is looked at again, milliseconds. */
export const DISK_RETRY_MS = 10_000;

export interface DiskWatch {
  /** A job starts. The disk is looked at now and then, beside it: the start does not wait for the answer. */
  starting(): void;
  /** An attempt found the disk full. */
  full(): void;
  stop(): void;
}

/**
 * @param space absent where nobody knows: then what found the disk full may be tried again after a while
 * @param hold told a sentence while the disk is full, and null when there is room
 */
export function createDiskWatch(
  { clock, space }: { clock: Clock; space: DiskSpace | undefined },
  hold: (message: string | null) => void,
): DiskWatch {
  /** How much has to be free until jobs start again; null while nothing is held back. */
  let wantedBytes: number | null = null;
  let lookedNs: bigint | null = null;
  let cancelTimer: Disposer | null = null;
  let stopped = false;

  /** Null where it can't be found out: then nothing is held back that is not, and nothing let go. */
  async function freeBytes(): Promise<number | null> {
    try {
      return (await space?.freeBytes()) ?? null;
    } catch {
      return null;
    }
  }

  function holdUntilFree(free: number | null, what: string): void {
    wantedBytes = wantedFor(free ?? 0);
    const until = space === undefined ? '' : ` They go on by themselves once ${inMib(wantedBytes)} are free.`;
    hold(`${what} No job is started until there is room.${until}`);
    retryLater();
  }

  function retryLater(): void {
    cancelTimer?.();
    if (!stopped) cancelTimer = clock.after(DISK_RETRY_MS, () => void lookAgain());
  }

  async function lookAgain(): Promise<void> {
    const free = await freeBytes();
    if (wantedBytes === null || stopped) return;
    if (space !== undefined && (free === null || free < wantedBytes)) return retryLater();
    wantedBytes = null;
    hold(null);
  }

  async function lookBeside(): Promise<void> {
    const free = await freeBytes();
    if (free === null || free >= MIN_FREE_BYTES || wantedBytes !== null || stopped) return;
    holdUntilFree(free, `The disk that holds Jobdeck's data has only ${inMib(free)} left.`);
  }

  return {
    starting() {
      const nowNs = clock.monotonicNs();
      if (space === undefined || wantedBytes !== null) return;
      if (lookedNs !== null && nowNs - lookedNs < BigInt(FRESH_MS) * 1_000_000n) return;
      lookedNs = nowNs;
      void lookBeside();
    },
    full() {
      if (wantedBytes !== null) return;
      // At once, whatever there is to find out: the next start would fail as well.
      holdUntilFree(null, "The disk that holds Jobdeck's data is full.");
      void freeBytes().then((free) => {
        if (free !== null && wantedBytes !== null)
          holdUntilFree(free, "The disk that holds Jobdeck's data is full.");
      });
    },
    stop() {
      stopped = true;
      cancelTimer?.();
    },
  };
}

/** Where there is enough by now, or it was a quota that ran out, it is tried again without more. */
function wantedFor(freeBytes: number): number {
  if (freeBytes >= ENOUGH_FREE_BYTES) return ENOUGH_FREE_BYTES;
  return Math.max(ENOUGH_FREE_BYTES, freeBytes + REGAINED_BYTES);
}

function inMib(bytes: number): string {
  return `${Math.floor(bytes / MIB)} MiB`;
}
