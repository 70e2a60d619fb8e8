/**
 * A zip file, entry after entry. Memory is flat at any number and size of them: the directory is gathered in a file of its
 * own, and what is small is written at once. The packages there are keep all entries in memory and make a compressor for
 * each: with 50,000 of them yazl takes 500 MB, and holds the event loop for half a second.
 */
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { bytesAt, writeAt } from './file-bytes.ts';
import { directoryEnd, directoryRecord, localHeader, type ZipEntry } from './zip-format.ts';

export interface ZipContent {
  /** `/` between the steps, and none before the first. */
  name: string;
  modifiedAt: Date;
  /** It is no larger than this; infinite where nobody knows. */
  maxBytes: number;
  bytes: AsyncIterable<Uint8Array>;
}

export interface ZipWriter {
  /** Adds a file; one call after another. */
  add(content: ZipContent): Promise<void>;
  /** Writes the directory, after which comes nothing. The files stay open. */
  finish(): Promise<void>;
}

/** Up to this an entry is held in memory and compressed at once, which the thread pool would take three times as long for. */
const SMALL_BYTES = 16 * 1024;
/** Below this nothing is won. */
const TINY_BYTES = 64;
/** For what is small: less to clear for each. */
const SMALL_OPTIONS = { memLevel: 5, windowBits: 14 };
/** From here on what is deflated may need more than 32 bits for its size. */
const LARGE_BYTES = 0xfff0_0000;
const PIECE_BYTES = 256 * 1024;

/**
 * @param archive new and empty
 * @param scratch new and empty; of no use afterwards
 */
export function createZipWriter(archive: FileHandle, scratch: FileHandle): ZipWriter {
  const directory = { count: 0, sizeBytes: 0, offset: 0 };
  let offset = 0;
  let records: Buffer[] = [];
  let flushedBytes = 0;

  async function append(bytes: Uint8Array): Promise<void> {
    await writeAt(archive, bytes, offset);
    offset += bytes.length;
  }

  async function note(entry: ZipEntry): Promise<void> {
    const record = directoryRecord(entry);
    records.push(record);
    directory.count++;
    directory.sizeBytes += record.length;
    if (directory.sizeBytes - flushedBytes >= PIECE_BYTES) await flush();
  }

  async function flush(): Promise<void> {
    await writeAt(scratch, Buffer.concat(records), flushedBytes);
    records = [];
    flushedBytes = directory.sizeBytes;
  }

  async function addSmall({ name, modifiedAt, bytes }: ZipContent): Promise<void> {
    const content = await whole(bytes);
    const deflated = content.length < TINY_BYTES ? content : deflateRawSync(content, SMALL_OPTIONS);
    const isDeflated = deflated.length < content.length;
    const kept = isDeflated ? deflated : content;
    const entry = {
      ...{ name, modifiedAt, offset, isDeflated },
      ...{ crc32: crc32(content), compressedBytes: kept.length, sizeBytes: content.length },
    };
    await append(Buffer.concat([localHeader(entry, false), kept]));
    await note(entry);
  }

  /** Its header is written twice: the second time it knows of what came after it. */
  async function addLarge({ name, modifiedAt, maxBytes, bytes }: ZipContent): Promise<void> {
    const entry = {
      ...{ name, modifiedAt, offset, isDeflated: true },
      ...{ crc32: 0, compressedBytes: 0, sizeBytes: 0 },
    };
    const hasRoom = maxBytes >= LARGE_BYTES;
    await append(localHeader(entry, hasRoom));
    const contentOffset = offset;
    await pipeline(
      async function* counted() {
        for await (const chunk of bytes) {
          entry.crc32 = crc32(chunk, entry.crc32);
          entry.sizeBytes += chunk.length;
          yield chunk;
        }
      },
      createDeflateRaw(),
      async (deflated: AsyncIterable<Uint8Array>) => {
        for await (const chunk of deflated) await append(chunk);
      },
    );
    entry.compressedBytes = offset - contentOffset;
    await writeAt(archive, localHeader(entry, hasRoom), entry.offset);
    await note(entry);
  }

  return {
    add: (content) => (content.maxBytes <= SMALL_BYTES ? addSmall(content) : addLarge(content)),

    async finish() {
      await flush();
      directory.offset = offset;
      for await (const piece of bytesAt(scratch, directory.sizeBytes)) await append(piece);
      await append(directoryEnd(directory));
    },
  };
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
