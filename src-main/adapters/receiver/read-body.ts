/** Reads what a request carries, and no more of it than there is a use for. */
import type { IncomingMessage } from 'node:http';

export interface ReceivedBody {
  /** The first `MAX_KEPT_BYTES`. */
  kept: Buffer;
  /** Of what was read. */
  sizeBytes: number;
  /** False where there is more than `MAX_READ_BYTES`: the rest was not read. */
  isWhole: boolean;
}

export const MAX_KEPT_BYTES = 64 * 1024;
export const MAX_READ_BYTES = 1024 * 1024;

/** Rejects where the sender leaves in the middle. */
export async function readBody(request: IncomingMessage): Promise<ReceivedBody> {
  const chunks: Buffer[] = [];
  let keptBytes = 0;
  let sizeBytes = 0;
  // Not destroyed at its end: the sender of too much is to get an answer.
  const parts: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const part of parts) {
    sizeBytes += part.length;
    const taken = part.subarray(0, MAX_KEPT_BYTES - keptBytes);
    // A copy: a small part would hold on to the large block that it was read in.
    if (taken.length > 0) chunks.push(Buffer.from(taken));
    keptBytes += taken.length;
    if (sizeBytes > MAX_READ_BYTES) return { kept: Buffer.concat(chunks), sizeBytes, isWhole: false };
  }
  return { kept: Buffer.concat(chunks), sizeBytes, isWhole: true };
}
