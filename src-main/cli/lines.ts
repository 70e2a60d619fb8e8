/** Where finished documents go: standard output, or a file that survives what the process does not. */
import type { Writable } from 'node:stream';

export interface LineSink {
  /** Resolves once the lines are delivered: taken by the stream's other end, or synced to the disk. */
  write(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The reader of the output went away (`| head`): nothing is wrong, and nobody is left to tell. */
export class ReaderGone extends Error {}

export function streamSink(stream: Writable): LineSink {
  return {
    write: (lines) => writeOut(stream, asText(lines)),
    close: async () => {},
  };
}

export function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Writes with backpressure.
 * @throws ReaderGone
 */
export function writeOut(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (!error) resolve();
      else reject('code' in error && error.code === 'EPIPE' ? new ReaderGone() : error);
    });
  });
}
