/** Items in pages that are bounded in number and in size. */
import { AppError } from '#shared/app-error.ts';
import type { ItemInput } from '../../core/ports.ts';
import { createPause } from '../documents/pause.ts';

export interface SizedItem {
  item: unknown;
  /** Roughly what it takes in memory, bytes; 0 for what the record holds already. */
  size: number;
}

/** More is no batch but a mistake. */
export const MAX_ITEMS = 10_000_000;

const MAX_PAGE_ITEMS = 500;
const MAX_PAGE_SIZE = 1024 * 1024;

/**
 * Numbers the items from 0. What was read before an error is given before it is thrown.
 * @throws AppError `invalid-document` for more than `MAX_ITEMS`, and what the items throw
 */
export async function* inPages(
  items: AsyncIterable<SizedItem> | Iterable<SizedItem>,
): AsyncGenerator<readonly ItemInput[]> {
  const pause = createPause();
  let page: ItemInput[] = [];
  let size = 0;
  let index = 0;
  try {
    for await (const { item, size: more } of items) {
      if (index === MAX_ITEMS) throw tooMany();
      page.push({ index: index++, item });
      size += more;
      if (page.length < MAX_PAGE_ITEMS && size < MAX_PAGE_SIZE) continue;
      yield page;
      page = [];
      size = 0;
      await pause();
    }
  } catch (error) {
    if (page.length > 0) yield page;
    throw error;
  }
  if (page.length > 0) yield page;
}

/** @param count where it is known */
export function tooMany(count?: number): AppError {
  return new AppError(
    'invalid-document',
    `Expected at most ${MAX_ITEMS} items in a batch, got ${count ?? 'more'}: make several batches of them.`,
  );
}
