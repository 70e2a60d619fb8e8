/** Bytes of files that are open, by their place: where the file itself is at does not matter. */
import type { FileHandle } from 'node:fs/promises';

const PIECE_BYTES = 256 * 1024;

export async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at);
    at += bytesWritten;
  }
}

/**
 * The first `sizeBytes` of a file, in pieces; fewer where it is shorter.
 * @throws what the signal says
 */
export async function* bytesAt(
  file: FileHandle,
  sizeBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < sizeBytes; ) {
    signal?.throwIfAborted();
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, sizeBytes - position));
    const { bytesRead } = await file.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
