/** A file's bytes as JSON needs them, UTF-8: unpacked where it is a gzip file, transcoded where it is UTF-16. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '#shared/app-error.ts';
import { fromUtf16, type Utf16 } from './utf-16.ts';

export interface DocumentBytes {
  /** In what the text is written. */
  encoding: 'utf-8' | Utf16;
  isPacked: boolean;
  chunks: AsyncIterable<Uint8Array>;
  /** For where the chunks are not read: the source was begun to be, and is open until then. */
  close(): Promise<void>;
}

export interface UnpackLimits {
  /** Up to here a gzip file may grow, however small it is. Bytes. */
  freeBytes: number;
  /** How many times its size it may become beyond that. */
  maxRatio: number;
}

/**
 * Deflate packs zeros 1,032 to 1. Records, each with an id of its own, come to 10 or 50 to 1: what is beyond this is made to
 * fill a disk.
 */
const LIMITS: UnpackLimits = { freeBytes: 256 * 1024 * 1024, maxRatio: 250 };
const UNPACKED_CHUNK_BYTES = 64 * 1024;

/**
 * Looks at how the bytes begin, and gives them as they are to be read. A mark of UTF-8 stays where it is.
 * @throws AppError `invalid-document` for an archive; and from the chunks: `invalid-document` where a gzip file is damaged,
 * `too-large` where it grows beyond all measure, and as the given ones do
 */
export async function openBytes(
  given: AsyncIterable<Uint8Array>,
  limits: UnpackLimits = LIMITS,
): Promise<DocumentBytes> {
  const outer = await peek(given);
  if (startsWith(outer.head, ZIP)) {
    await outer.close();
    throw new AppError(
      'invalid-document',
      'Expected JSON, got a zip archive: unpack it and choose its files.',
    );
  }
  const isPacked = startsWith(outer.head, GZIP);
  const { head, chunks, close } = isPacked ? await peek(unpacked(outer.chunks, limits)) : outer;
  const encoding = startsWith(head, UTF_16LE)
    ? 'utf-16le'
    : startsWith(head, UTF_16BE)
      ? 'utf-16be'
      : 'utf-8';
  return { encoding, isPacked, chunks: encoding === 'utf-8' ? chunks : fromUtf16(chunks, encoding), close };
}

const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const UTF_16LE = [0xff, 0xfe];
const UTF_16BE = [0xfe, 0xff];
const PEEKED = 4;

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

interface Peeked extends Pick<DocumentBytes, 'chunks' | 'close'> {
  /** The first of the bytes, which `chunks` has all of. */
  head: Uint8Array;
}

async function peek(given: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = given[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < PEEKED) {
    const { done, value } = await iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return {
    head,
    chunks: joined(head, iterator),
    async close() {
      await iterator.return?.();
    },
  };
}

async function* joined(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

async function* unpacked(
  packed: AsyncIterable<Uint8Array>,
  { freeBytes, maxRatio }: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  let read = 0;
  let grown = 0;
  /** How much of it there is without the zeros at its end, which some writers fill a block with. */
  let filled = 0;
  const counted = async function* () {
    for await (const chunk of packed) {
      const last = chunk.findLastIndex((byte) => byte !== 0);
      if (last !== -1) filled = read + last + 1;
      read += chunk.length;
      yield chunk;
    }
  };
  const gunzip = createGunzip({ chunkSize: UNPACKED_CHUNK_BYTES });
  // What goes wrong is thrown by the loop below.
  pipeline(Readable.from(counted(), { objectMode: false }), gunzip, () => {});
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      grown += chunk.length;
      if (grown > freeBytes && grown > read * maxRatio) throw bomb(maxRatio);
      yield chunk;
    }
    // zlib takes whatever is not another part for the end, and says nothing of it.
    if (filled > gunzip.bytesWritten) throw notWhole('one that goes on with something else', grown);
  } catch (error) {
    throw asAppError(error, grown);
  }
}

function bomb(maxRatio: number): AppError {
  return new AppError(
    'too-large',
    `Expected a gzip file that unpacks to at most ${maxRatio} times its size, got more: unpack it yourself if you trust it.`,
  );
}

function asAppError(error: unknown, grown: number): unknown {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!code.startsWith('Z_')) return error;
  const what = code === 'Z_BUF_ERROR' ? 'one that ends too early' : 'one that is damaged';
  return notWhole(what, grown, error);
}

function notWhole(what: string, grown: number, cause?: unknown): AppError {
  const message = `Expected a whole gzip file, got ${what} (after ${grown} unpacked bytes).`;
  return new AppError('invalid-document', message, { cause });
}
