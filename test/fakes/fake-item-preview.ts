/** The first items of a source, roughly as the main process gives them. A file always has the same two rows. */
import type { ItemPreview } from '#shared/contract/items.ts';
import type { Items } from '#shared/job/jobdeck-metadata.ts';

const FILE_ROWS = [
  { path: 'photos/harbour.jpg', title: 'The harbour' },
  { path: 'photos/market day.jpg', title: 'Market day' },
];

export function fakeItemPreview(items: Items, limit: number): ItemPreview {
  const all = allOf(items);
  const shown = all.slice(0, limit).map((item, index) => ({ index, item }));
  return { items: shown, total: 'file' in items ? null : all.length, problem: null };
}

function allOf(items: Items): unknown[] {
  if ('values' in items) return items.values;
  if ('file' in items) return fileRows(items.file);
  if ('range' in items) {
    const { from, to, step = 1 } = items.range;
    return Array.from(
      { length: Math.max(0, Math.floor((to - from) / step) + 1) },
      (_, at) => from + at * step,
    );
  }
  if ('matrix' in items) {
    return Object.entries(items.matrix).reduce<Record<string, unknown>[]>(
      (combined, [name, values]) =>
        combined.flatMap((item) => values.map((value) => ({ ...item, [name]: value }))),
      [{}],
    );
  }
  return [];
}

function fileRows(file: string): unknown[] {
  if (!file.endsWith('.jsonl')) return FILE_ROWS;
  const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hello.' }] };
  return [{ custom_id: 'request-1', method: 'POST', url: '/v1/chat/completions', body }];
}
