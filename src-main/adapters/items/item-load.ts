/** Keeps the items of a batch as they are read, a bounded number in each write. */
import { AppError } from '#shared/app-error.ts';
import type { JobId } from '#shared/job/job-id.ts';
import type { ItemInput, ItemStore } from '../../core/ports.ts';
import type { Database } from '../journal/database.ts';
import type { ItemStatements } from './item-statements.ts';
import type { ItemSweep } from './item-sweep.ts';

const MAX_ITEMS_PER_WRITE = 256;
const MAX_LENGTH_PER_WRITE = 256 * 1024;

export interface ItemLoad {
  database: Database;
  statements: ItemStatements;
  sweep: ItemSweep;
  jobId: JobId;
  items: Parameters<ItemStore['load']>[1];
}

/** @throws AppError `conflict` where they are loaded, `invalid-document` for an index that is there twice, and what `items` throws */
export async function loadItems({ database, statements, sweep, jobId, items }: ItemLoad): Promise<void> {
  const batch = await database.write({ apply: begin, sizeBytes: 0 });
  if (batch === null) throw new AppError('conflict', `Expected ${jobId} to have no items yet, it has.`);
  try {
    for await (const page of items) {
      for (const chunk of chunksOf(page)) await keep(chunk);
    }
    await database.write({ apply: () => statements.finishLoad(batch), sizeBytes: 0 });
  } catch (error) {
    // Where this fails too, its error is the one to know; what is kept so far is dropped by the next load.
    database.transaction(() => statements.orphan(jobId));
    throw error;
  } finally {
    sweep.schedule();
  }

  function begin(): number | null {
    if (statements.batchOf(jobId)?.isLoaded) return null;
    statements.orphan(jobId);
    return statements.addBatch(jobId);
  }

  async function keep({ items: kept, length }: Chunk): Promise<void> {
    const refusal = await database.write({
      apply: () => insert(batch as number, kept),
      sizeBytes: length,
      rows: kept.length,
    });
    if (refusal !== null) throw refusal;
  }

  function insert(into: number, kept: readonly Kept[]): AppError | null {
    if (!statements.isWanted(into)) return new AppError('not-found', `${jobId} was forgotten.`);
    for (const { index, text } of kept) {
      if (!statements.addItem(into, index, text)) return twice(index);
    }
    statements.moveCounts(into, null, 'pending', kept.length);
    return null;
  }
}

interface Kept {
  index: number;
  text: string;
}

interface Chunk {
  items: Kept[];
  length: number;
}

function* chunksOf(page: readonly ItemInput[]): Generator<Chunk> {
  let chunk: Chunk = { items: [], length: 0 };
  for (const { index, item } of page) {
    const text = textOf(index, item);
    const isFull =
      chunk.items.length === MAX_ITEMS_PER_WRITE || chunk.length + text.length > MAX_LENGTH_PER_WRITE;
    if (isFull && chunk.items.length > 0) {
      yield chunk;
      chunk = { items: [], length: 0 };
    }
    chunk.items.push({ index, text });
    chunk.length += text.length;
  }
  if (chunk.items.length > 0) yield chunk;
}

function textOf(index: number, item: unknown): string {
  const text: string | undefined = JSON.stringify(item);
  if (text !== undefined) return text;
  throw new AppError('invalid-document', `Expected item ${index} to be JSON, got what JSON can't hold.`);
}

function twice(index: number): AppError {
  return new AppError('invalid-document', `Item ${index} is there twice: expected each index once.`);
}
