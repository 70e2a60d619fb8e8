/** The items that a record names, as a stream of bounded pages. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { AppError, assertNever } from '#shared/app-error.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';
import type { ItemSource } from '../../core/ports.ts';
import { matrixItems, rangeItems } from './counted-items.ts';
import { csvItems } from './csv-items.ts';
import { jsonlItems } from './jsonl-items.ts';
import { lineItems } from './line-items.ts';
import { inPages, type SizedItem } from './pages.ts';

export interface ItemSourceOptions {
  /** Of one line of a file, or one row; 16 MiB where absent. */
  maxItemBytes?: number;
  /** Where a relative path begins: a job means the same wherever Jobdeck was started. */
  homeDirectory?: string;
}

const MAX_ITEM_BYTES = 16 * 1024 * 1024;

export function createItemSource(options: ItemSourceOptions = {}): ItemSource {
  const { maxItemBytes = MAX_ITEM_BYTES, homeDirectory = homedir() } = options;

  function open(items: Items): AsyncIterable<SizedItem> | Iterable<SizedItem> {
    if ('values' in items) return items.values.map((item) => ({ item, size: 0 }));
    if ('range' in items) return rangeItems(items.range);
    if ('matrix' in items) return matrixItems(items.matrix);
    if ('failed_of' in items) {
      throw new AppError(
        'internal',
        `Expected the store to give what failed of ${items.failed_of}: that is no source that can be read.`,
      );
    }
    const path = resolve(homeDirectory, items.file);
    switch (items.format) {
      case 'jsonl':
        return jsonlItems(path, maxItemBytes);
      case 'csv':
        return csvItems(path, maxItemBytes);
      case 'lines':
        return lineItems(path, maxItemBytes);
      default:
        return assertNever(items.format);
    }
  }

  return {
    async *read(items) {
      yield* inPages(open(items));
    },
  };
}
