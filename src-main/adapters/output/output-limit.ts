/** Keeps the beginning and the end of more output than may be kept. */
import { cutEnd, cutStart } from './utf8-cut.ts';

/** The end waits in memory until it is known to be the end: of a large limit the beginning gets more than half. */
export const MAX_TAIL_BYTES = 4 * 1024 * 1024;

export interface OutputLimit {
  /** What of the output so far belongs to the beginning and was not given before. */
  push(bytes: Buffer): Buffer;
  /** The end of the output, with a line before it that says how much is left out, if any is. */
  end(): { rest: Buffer; cutBytes: number };
}

/**
 * Of output that is longer than `maxBytes` both halves are kept, cut between characters, with a line between them
 * that comes on top.
 */
export function createOutputLimit(maxBytes: number): OutputLimit {
  const tailSize = Math.min(Math.ceil(maxBytes / 2), MAX_TAIL_BYTES);
  let headRoom = maxBytes - tailSize;
  let headIsOpen = true;
  /** The beginning of a character whose rest is not there yet; it goes to one side as a whole. */
  let pending = Buffer.alloc(0);
  const tail = createRing(tailSize);

  return {
    push(bytes) {
      if (!headIsOpen) {
        tail.push(bytes);
        return NOTHING;
      }
      const all = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const head = cutEnd(all.subarray(0, headRoom)) as Buffer;
      const rest = all.subarray(head.length);
      headIsOpen = all.length <= headRoom;
      headRoom -= head.length;
      pending = headIsOpen ? Buffer.from(rest) : NOTHING;
      if (!headIsOpen) tail.push(rest);
      return head;
    },
    end() {
      if (headIsOpen) return { rest: pending, cutBytes: 0 };
      const kept = tail.take();
      if (tail.droppedBytes === 0) return { rest: kept, cutBytes: 0 };
      const end = cutStart(kept);
      const cutBytes = tail.droppedBytes + kept.length - end.length;
      return { rest: Buffer.concat([Buffer.from(cutLine(cutBytes)), end]), cutBytes };
    },
  };
}

const NOTHING = Buffer.alloc(0);
const cutLine = (bytes: number) => `\n[... ${bytes} bytes cut by max_output_bytes ...]\n`;

/** The last `size` bytes of what is pushed. */
function createRing(size: number) {
  let ring: Buffer | null = null;
  let total = 0;
  return {
    /** How many bytes were pushed that it no longer holds. */
    get droppedBytes() {
      return Math.max(0, total - size);
    },
    push(bytes: Buffer) {
      ring ??= Buffer.allocUnsafe(size);
      // Of a chunk longer than the ring its last bytes are all that stays.
      const kept = bytes.subarray(Math.max(0, bytes.length - size));
      total += bytes.length;
      const start = (total - kept.length) % size;
      const fits = kept.copy(ring, start);
      kept.copy(ring, 0, fits);
    },
    take(): Buffer {
      if (ring === null) return NOTHING;
      const at = total % size;
      return total <= size
        ? ring.subarray(0, total)
        : Buffer.concat([ring.subarray(at), ring.subarray(0, at)]);
    },
  };
}
