/** The lines of a packed file. */
import { createReadStream } from 'node:fs';
import { AppError } from '#shared/app-error.ts';
import { openBytes } from '../documents/document-bytes.ts';

/** Longer than a line of any record: what is longer is no backup. Bytes. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LINE_FEED = 0x0a;
/** A history may be as repetitive as it likes; who keeps what is read looks after the disk. */
const ANY_SIZE = { freeBytes: Number.POSITIVE_INFINITY, maxRatio: Number.POSITIVE_INFINITY };

/**
 * The lines of a gzip file in groups, each as bytes with its line feed; one at the end that has none is left out.
 * @param onBytes told how many packed bytes were read since it was told last
 * @throws AppError `invalid-document` where it is damaged or cut off, or is no text of lines
 */
export async function* packedLines(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer[]> {
  const { chunks, isPacked, encoding, close } = await openBytes(counted(path, onBytes), ANY_SIZE);
  if (!isPacked || encoding !== 'utf-8') {
    await close();
    throw new AppError('invalid-document', 'Expected a gzip file, got something else.');
  }
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const lines: Buffer[] = [];
    let from = 0;
    for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, from)) {
      const end = bytes.subarray(from, at + 1);
      lines.push(rest.length === 0 ? end : Buffer.concat([...rest, end]));
      rest = [];
      restBytes = 0;
      from = at + 1;
    }
    if (from < bytes.length) {
      rest.push(bytes.subarray(from));
      restBytes += bytes.length - from;
      if (restBytes > MAX_LINE_BYTES) {
        throw new AppError(
          'invalid-document',
          `Expected lines of at most ${MAX_LINE_BYTES} bytes, got a longer one.`,
        );
      }
    }
    if (lines.length > 0) yield lines;
  }
}

async function* counted(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    yield chunk;
  }
}
