import type { ExportFormat } from '#shared/contract/channels.ts';

/** A file name with the day in it: exports of two days do not overwrite each other unasked. */
export function suggestedName(format: ExportFormat, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `jobs-${day}.${format === 'array' ? 'json' : 'ndjson'}`;
}
