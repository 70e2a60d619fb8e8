/** What the record keeps of an output file: its beginning and its end. */
import type { FileHandle } from 'node:fs/promises';

/** How much of each end is kept, bytes. */
export const PREVIEW_EDGE_BYTES = 4096;

export interface StreamPreview {
  text: string;
  sizeBytes: number;
  truncated: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The whole text of a short file; of a longer one the first and last 4 KiB, with a line between them that says
 * how many bytes are left out. Cut between characters; what is not UTF-8 becomes U+FFFD.
 */
export async function previewOf(file: FileHandle): Promise<StreamPreview> {
  const { size } = await file.stat();
  if (size <= 2 * PREVIEW_EDGE_BYTES) {
    const whole = await readAt(file, 0, size);
    return { text: decoder.decode(whole), sizeBytes: size, truncated: false };
  }
  const head = cutEnd(await readAt(file, 0, PREVIEW_EDGE_BYTES));
  const tail = cutStart(await readAt(file, size - PREVIEW_EDGE_BYTES, PREVIEW_EDGE_BYTES));
  const leftOut = size - head.length - tail.length;
  const text = `${decoder.decode(head)}\n[... ${leftOut} bytes left out ...]\n${decoder.decode(tail)}`;
  return { text, sizeBytes: size, truncated: true };
}

/** Up to `length` bytes from `position`; fewer where the file ends before. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  // A copy of its own, so that a message carries these bytes and not the buffer they were read into.
  return filled === length ? bytes : bytes.slice(0, filled);
}

/** Drops a character that begins in the last three bytes and does not end there. */
function cutEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return sequenceLength(byte) > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

/** Drops the rest of a character that began before. */
function cutStart(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start] ?? 0)) start += 1;
  return bytes.subarray(start);
}

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

function sequenceLength(lead: number): number {
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xc2 && lead <= 0xdf ? 2 : 1;
}
