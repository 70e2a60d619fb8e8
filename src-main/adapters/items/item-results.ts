/** Results of items as NDJSON: what `run --results` writes and the window exports. */
import { createPause } from '../documents/read-documents.ts';
import { openReplacement } from '../documents/replacement-file.ts';
import type { ItemOutcome } from './merge-chain.ts';

const MAX_PIECE_LENGTH = 1024 * 1024;

/** One line, without its line break. The same result always gives the same bytes. */
export function itemResultLine({ jobId, record }: ItemOutcome): string {
  const { index, item, status, attempts, duration_ns, ttft_ns, result, error } = record;
  return JSON.stringify({
    job_id: jobId,
    index,
    item,
    status,
    attempts,
    duration_ns,
    ttft_ns,
    result,
    error,
  });
}

/**
 * One line an item. The file is whole or as it was before.
 * @param path absolute
 * @throws AppError `io`, `disk-full`, and what the outcomes throw: nothing is left of the file then
 */
export async function writeItemResults(
  outcomes: AsyncIterable<ItemOutcome>,
  path: string,
): Promise<{ count: number }> {
  const [count = 0] = await writeLines([path], outcomes, (outcome) => ({
    to: 0,
    line: itemResultLine(outcome),
  }));
  return { count };
}

/**
 * Writes each outcome as a line of one of several files. Each is whole or as it was before.
 * @param lineOf to which file, by its place in `paths`, or null for none
 * @returns how many lines each file has
 */
export async function writeLines(
  paths: readonly string[],
  outcomes: AsyncIterable<ItemOutcome>,
  lineOf: (
    outcome: ItemOutcome,
  ) => { to: number; line: string } | null | Promise<{ to: number; line: string } | null>,
): Promise<number[]> {
  const files = await openAll(paths);
  try {
    const pause = createPause();
    for await (const outcome of outcomes) {
      const placed = await lineOf(outcome);
      if (placed !== null) await files[placed.to]?.add(placed.line);
      await pause();
    }
    for (const file of files) await file.finish();
    return files.map(({ count }) => count());
  } catch (error) {
    for (const file of files) await file.cancel();
    throw error;
  }
}

interface LineFile {
  add(line: string): Promise<void>;
  finish(): Promise<void>;
  cancel(): Promise<void>;
  count(): number;
}

async function openAll(paths: readonly string[]): Promise<LineFile[]> {
  const files: LineFile[] = [];
  try {
    for (const path of paths) files.push(await openLines(path));
  } catch (error) {
    for (const file of files) await file.cancel();
    throw error;
  }
  return files;
}

/** Small lines are written together. */
async function openLines(path: string): Promise<LineFile> {
  const file = await openReplacement(path);
  let piece = '';
  let count = 0;
  return {
    async add(line) {
      piece += `${line}\n`;
      count++;
      if (piece.length < MAX_PIECE_LENGTH) return;
      const full = piece;
      piece = '';
      await file.write(full);
    },
    async finish() {
      await file.write(piece);
      await file.finish();
    },
    cancel: () => file.cancel(),
    count: () => count,
  };
}
