/** What lies beside the record of a job in a folder or an archive, under names that are safe on every system. */
import { type FileHandle, open } from 'node:fs/promises';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemStore } from '../../core/ports.ts';
import { createPause } from '../documents/pause.ts';
import { itemResultLine } from '../items/item-results.ts';
import { mergeChain } from '../items/merge-chain.ts';
import { type JobOutputFile, jobOutputFiles } from '../output/job-output-files.ts';
import { ITEMS_A_FOLDER, nameFor } from '../output/output-paths.ts';
import { hasCode } from '../process/system-error.ts';
import type { BundledFile } from './export-target.ts';
import { bytesAt } from './file-bytes.ts';

export interface BundleSources {
  /** Absolute. */
  dataDirectory: string;
  items: Pick<ItemStore, 'page' | 'isLoaded'>;
}

const ITEM_PAGE = 500;
const PIECE_LENGTH = 64 * 1024;

/**
 * The output of each attempt of a job. Of a batch also a line for each item, which has its output where that is short,
 * and the output of the others. What was deleted meanwhile is left out.
 */
export async function* bundledFilesOf(
  jobId: JobId,
  { dataDirectory, items }: BundleSources,
): AsyncGenerator<BundledFile> {
  const folder = `outputs/${nameFor(jobId)}`;
  if (items.isLoaded(jobId)) {
    yield {
      name: `${folder}/items.ndjson`,
      modifiedAt: new Date(),
      maxBytes: Number.POSITIVE_INFINITY,
      bytes: () => itemLines(jobId, items),
    };
  }
  for await (const output of jobOutputFiles(dataDirectory, jobId)) {
    const file = await openIfThere(output.path);
    if (file === null) continue;
    try {
      yield {
        name: `${folder}/${nameOf(output)}`,
        modifiedAt: output.modifiedAt,
        maxBytes: output.sizeBytes,
        // No more than there was: a job that runs goes on printing.
        bytes: () => bytesAt(file, output.sizeBytes),
      };
    } finally {
      await file.close();
    }
  }
}

/** `attempt-1.stdout.txt`, of an item `items/12000-12999/12345.attempt-1.stdout.txt`. */
function nameOf({ attempt, item, stream }: JobOutputFile): string {
  const name = `attempt-${attempt}.${stream}.txt`;
  if (item === undefined) return name;
  const first = item - (item % ITEMS_A_FOLDER);
  return `items/${first}-${first + ITEMS_A_FOLDER - 1}/${item}.${name}`;
}

async function* itemLines(jobId: JobId, items: BundleSources['items']): AsyncGenerator<Uint8Array> {
  const readPage = (after: number | null) => items.page(jobId, null, after, ITEM_PAGE);
  const pause = createPause();
  let lines = '';
  for await (const outcome of mergeChain([{ jobId, readPage }])) {
    lines += `${itemResultLine(outcome)}\n`;
    if (lines.length >= PIECE_LENGTH) {
      yield Buffer.from(lines);
      lines = '';
    }
    await pause();
  }
  yield Buffer.from(lines);
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}
