/** The first items of a source, for the preview of a form. */
import { AppError } from '#shared/app-error.ts';
import type { ItemPreview } from '#shared/contract/items.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import type { ItemSource } from '../../core/ports.ts';
import { matrixCount, rangeCount } from './counted-items.ts';

/** No more of a file is read, in UTF-16 units of its items as JSON. */
const MAX_READ_LENGTH = 1024 * 1024;

/**
 * At most `limit` items. `total` is null for a file that is too long to read it all; `problem` is a sentence about the
 * first thing that is wrong in what was read. Never throws for wrong items.
 */
export async function previewItems(source: ItemSource, items: Items, limit: number): Promise<ItemPreview> {
  const first: ItemPreview['items'] = [];
  let read = 0;
  let length = 0;
  try {
    const counted = countOf(items);
    for await (const page of source.read(items)) {
      first.push(...page.slice(0, limit - first.length));
      if (counted !== null && first.length >= Math.min(limit, counted)) break;
      read += page.length;
      length += page.reduce((sum, { item }) => sum + JSON.stringify(item).length, 0);
      if (length > MAX_READ_LENGTH) return { items: first, total: null, problem: null };
    }
    return { items: first, total: counted ?? read, problem: null };
  } catch (error) {
    if (error instanceof AppError) return { items: first, total: null, problem: error.message };
    throw error;
  }
}

/** Null where they have to be read to know. */
function countOf(items: Items): number | null {
  if ('values' in items) return items.values.length;
  if ('range' in items) return rangeCount(items.range);
  return 'matrix' in items ? matrixCount(items.matrix) : null;
}
