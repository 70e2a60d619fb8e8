/** What the record keeps of an output file: its beginning and its end. */
import { isUtf8 } from 'node:buffer';
import { fstatSync, readSync } from 'node:fs';
import { cutEnd, cutStart } from './utf8-cut.ts';

/** How much of each end is kept, bytes. */
export const PREVIEW_EDGE_BYTES = 4096;

export interface StreamPreview {
  text: string;
  sizeBytes: number;
  truncated: boolean;
  /** True where `text` is the file, byte for byte. */
  exact: boolean;
}

export const EMPTY_PREVIEW: StreamPreview = { text: '', sizeBytes: 0, truncated: false, exact: true };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The whole text of a short file; of a longer one the first and last 4 KiB, with a line between them that says
 * how many bytes are left out. Cut between characters; what is not UTF-8 becomes U+FFFD. Reads at once: it is
 * at most 8 KiB, and four turns through the thread pool cost more than the reading.
 */
export function previewOf(descriptor: number): StreamPreview {
  const { size } = fstatSync(descriptor);
  if (size === 0) return EMPTY_PREVIEW;
  if (size <= 2 * PREVIEW_EDGE_BYTES) {
    const whole = readAt(descriptor, 0, size);
    return { text: decoder.decode(whole), sizeBytes: size, truncated: false, exact: isUtf8(whole) };
  }
  const head = cutEnd(readAt(descriptor, 0, PREVIEW_EDGE_BYTES));
  const tail = cutStart(readAt(descriptor, size - PREVIEW_EDGE_BYTES, PREVIEW_EDGE_BYTES));
  const leftOut = size - head.length - tail.length;
  const text = `${decoder.decode(head)}\n[... ${leftOut} bytes left out ...]\n${decoder.decode(tail)}`;
  return { text, sizeBytes: size, truncated: true, exact: false };
}

function readAt(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
