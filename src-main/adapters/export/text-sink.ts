/** Text into a file that is open, as it is or through gzip. */
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export interface TextSink {
  /** Resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Writes what is held back. The file stays open. */
  end(): Promise<void>;
  /** Stops at once. */
  destroy(): Promise<void>;
}

export function textSink(file: FileHandle, { isGzip }: { isGzip: boolean }): TextSink {
  return isGzip ? gzipSink(file) : { write: (text) => file.writeFile(text), end: done, destroy: done };
}

/** Without a time or a name in its head, so that the same text gives the same bytes. */
function gzipSink(file: FileHandle): TextSink {
  const gzip = createGzip();
  const written = pipeline(gzip, fileWriter(file));
  // It is waited for in `write` and `end`; until then a failure is nobody's.
  written.catch(() => {});
  return {
    async write(text) {
      if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written]);
    },
    async end() {
      gzip.end();
      await written;
    },
    async destroy() {
      gzip.destroy();
      await written.catch(() => {});
    },
  };
}

/** Writes where the file is at, and leaves it open. */
function fileWriter(file: FileHandle): Writable {
  return new Writable({
    write(chunk: Uint8Array, _encoding, callback) {
      file.writeFile(chunk).then(() => callback(), callback);
    },
  });
}

async function done(): Promise<void> {}
