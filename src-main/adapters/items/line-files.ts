/** Results of items as the lines of files. */
import { createPause } from '../documents/pause.ts';
import { openReplacement, type ReplacementOptions } from '../documents/replacement-file.ts';
import type { ExportCounts } from '../export/job-export.ts';
import type { ItemOutcome } from './merge-chain.ts';

export interface LineOptions extends ReplacementOptions {
  onProgress?: (counts: ExportCounts) => void;
  /** Gives the files up. */
  signal?: AbortSignal;
  /** What a file holds that has no outcome; nothing where absent. */
  empty?: string;
}

/** Text for one of several files, by its place among their paths. */
export interface PlacedText {
  to: number;
  text: string;
}

export interface WrittenLines {
  /** How many outcomes each file has. */
  counts: number[];
  /** On the disk, together. */
  sizeBytes: number;
}

const MAX_PIECE_LENGTH = 1024 * 1024;

/**
 * Writes each outcome to one of several files. All are whole, or all as they were; but for one that can't be put in its
 * place, and those before it have been.
 * @param paths absolute
 * @param place the text with its line breaks, and to which file; null for none
 * @throws AppError `io`, `disk-full`, and what the outcomes throw and the signal says: nothing is left of the files then
 */
export async function writeLines(
  paths: readonly string[],
  outcomes: AsyncIterable<ItemOutcome>,
  place: (outcome: ItemOutcome) => PlacedText | null | Promise<PlacedText | null>,
  { onProgress, signal, empty = '', ...options }: LineOptions = {},
): Promise<WrittenLines> {
  const files = await openAll(paths, empty, options);
  try {
    const pause = createPause();
    let bytes = 0;
    for await (const outcome of outcomes) {
      signal?.throwIfAborted();
      const placed = await place(outcome);
      if (placed !== null) {
        bytes += Buffer.byteLength(placed.text);
        await files[placed.to]?.add(placed.text);
        onProgress?.({ count: sum(files.map(({ count }) => count())), files: 0, bytes });
      }
      await pause();
    }
    // All of them are on the disk before the first gets its name: a full disk leaves them all as they were.
    for (const file of files) await file.prepare();
    signal?.throwIfAborted();
    const sizes: number[] = [];
    for (const file of files) sizes.push(await file.finish());
    return { counts: files.map(({ count }) => count()), sizeBytes: sum(sizes) };
  } catch (error) {
    for (const file of files) await file.cancel();
    throw error;
  }
}

interface LineFile {
  add(text: string): Promise<void>;
  prepare(): Promise<void>;
  /** Gives its size, bytes. */
  finish(): Promise<number>;
  cancel(): Promise<void>;
  count(): number;
}

async function openAll(
  paths: readonly string[],
  empty: string,
  options: ReplacementOptions,
): Promise<LineFile[]> {
  const files: LineFile[] = [];
  try {
    for (const path of paths) files.push(await openLines(path, empty, options));
  } catch (error) {
    for (const file of files) await file.cancel();
    throw error;
  }
  return files;
}

/** Small lines are written together. */
async function openLines(path: string, empty: string, options: ReplacementOptions): Promise<LineFile> {
  const file = await openReplacement(path, options);
  let piece = '';
  let count = 0;
  return {
    async add(text) {
      piece += text;
      count++;
      if (piece.length < MAX_PIECE_LENGTH) return;
      const full = piece;
      piece = '';
      await file.write(full);
    },
    async prepare() {
      await file.write(count === 0 ? empty : piece);
      await file.prepare();
    },
    finish: async () => (await file.finish()).sizeBytes,
    cancel: () => file.cancel(),
    count: () => count,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
