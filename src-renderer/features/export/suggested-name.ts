import type { ExportFormat, ExportPacking, ItemExportFormat } from '#shared/contract/exports.ts';

const ENDINGS: Record<ExportFormat, string> = { array: '.json', ndjson: '.ndjson', csv: '.csv' };
const RESULT_ENDINGS: Record<ItemExportFormat, string> = {
  ndjson: '.ndjson',
  csv: '.csv',
  'openai-batch': '.jsonl',
};

/** A name with the day in it: exports of two days do not overwrite each other unasked. */
export function suggestedName(format: ExportFormat, packing: ExportPacking, now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `jobs-${day}${endingOf(packing, ENDINGS[format])}`;
}

/** The job's name without what a file's name can't hold. */
export function suggestedResultName(jobName: string, format: ItemExportFormat, isGzip: boolean): string {
  const clean = jobName.replace(/[^\p{L}\p{N} ._()-]+/gu, '-').trim();
  const ending = endingOf(isGzip ? 'gzip' : 'plain', RESULT_ENDINGS[format]);
  return `${clean.slice(0, 80) || 'batch'} results${ending}`;
}

function endingOf(packing: ExportPacking, ending: string): string {
  switch (packing) {
    case 'plain':
      return ending;
    case 'gzip':
      return `${ending}.gz`;
    case 'zip':
      return '.zip';
    case 'folder':
      return '';
  }
}
