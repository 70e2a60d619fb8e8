/** Where an attempt's output goes when it passes through Jobdeck: secrets taken out, length limited, into a file. */
import { type FileHandle, open } from 'node:fs/promises';
import { createOutputLimit } from './output-limit.ts';
import { createRedactor } from './redactor.ts';

export { redactText } from './redactor.ts';

export interface OutputSinkOptions {
  /** The file, appended to. It is made with the first byte: a stream that stays empty has none. */
  path: string;
  /** Values that must not reach the file. */
  redact: readonly string[];
  /** Of more, the beginning and the end are kept; no limit where null. */
  maxBytes: number | null;
}

export interface OutputSink {
  /** Resolves when the sink can take more; rejects where the file can't be written. One call at a time. */
  write(chunk: Uint8Array): Promise<void>;
  /** Writes what is held back and closes the file; after a failed write it closes and no more. */
  end(): Promise<OutputSinkEnd>;
}

export interface OutputSinkEnd {
  /** All that came, counted after secrets were taken out. */
  bytes: number;
  /** How many of them are not in the file because of `maxBytes`. */
  cutBytes: number;
}

/** @throws AppError `internal` where a value of `redact` is too short to be a secret */
export function createOutputSink({ path, redact, maxBytes }: OutputSinkOptions): OutputSink {
  const redactor = redact.length === 0 ? null : createRedactor(redact);
  const limit = maxBytes === null ? null : createOutputLimit(maxBytes);
  let file: FileHandle | null = null;
  let hasFailed = false;
  let bytes = 0;

  const append = async (chunk: Uint8Array) => {
    if (chunk.length === 0) return;
    try {
      file ??= await open(path, 'a', 0o600);
      // A write to a disk that is nearly full takes a part; the next one says why.
      for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const take = async (clean: Buffer) => {
    bytes += clean.length;
    await append(limit === null ? clean : limit.push(clean));
  };

  return {
    async write(chunk) {
      await take(redactor === null ? asBuffer(chunk) : redactor.push(chunk));
    },
    async end() {
      try {
        if (redactor !== null && !hasFailed) await take(redactor.end());
        const { rest, cutBytes } = limit === null ? NOTHING_LEFT : limit.end();
        if (!hasFailed) await append(rest);
        return { bytes, cutBytes };
      } finally {
        await file?.close();
      }
    },
  };
}

const NOTHING_LEFT = { rest: Buffer.alloc(0), cutBytes: 0 };
const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
