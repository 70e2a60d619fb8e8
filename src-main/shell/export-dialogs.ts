/** Where exports go. What is there is replaced only where the person has agreed to it. */
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type {
  ExportFormat,
  ExportRequest,
  ItemExportFormat,
  ItemExportRequest,
} from '#shared/contract/exports.ts';
import { errorPathOf } from '../adapters/items/export-items.ts';
import { chooseTarget, parent } from './dialogs.ts';

const FORMATS: Record<ExportFormat, FileFilter> = {
  array: { name: 'JSON array', extensions: ['json'] },
  ndjson: { name: 'JSON lines', extensions: ['ndjson', 'jsonl'] },
  csv: { name: 'CSV', extensions: ['csv'] },
};

const ITEM_FORMATS: Record<ItemExportFormat, FileFilter> = {
  ndjson: { name: 'JSON lines', extensions: ['ndjson', 'jsonl'] },
  csv: { name: 'CSV', extensions: ['csv'] },
  'openai-batch': { name: 'OpenAI Batch output', extensions: ['jsonl'] },
};

/** Where the person wants the export, or null. */
export function chooseExportPath(
  window: BrowserWindow | null,
  { suggestedName, format, packing }: Omit<ExportRequest, 'redaction'>,
): Promise<string | null> {
  const title = 'Export jobs';
  switch (packing) {
    case 'folder':
      return chooseTarget(window, title, suggestedName, null);
    case 'zip':
      return chooseTarget(window, title, suggestedName, { name: 'Zip archive', extensions: ['zip'] });
    default:
      return chooseTarget(window, title, suggestedName, filterOf(FORMATS[format], packing === 'gzip'));
  }
}

/** Where the person wants the results of a batch, or null. The error file of an OpenAI batch goes beside it. */
export async function chooseItemExportPath(
  window: BrowserWindow | null,
  { suggestedName, format, isGzip }: Omit<ItemExportRequest, 'jobIds'>,
): Promise<string | null> {
  const filter = filterOf(ITEM_FORMATS[format], isGzip);
  const path = await chooseTarget(window, 'Export results', suggestedName, filter);
  if (path === null || format !== 'openai-batch') return path;
  return (await mayReplace(window, errorPathOf(path))) ? path : null;
}

/** The dialog has asked for one file alone. */
async function mayReplace(window: BrowserWindow | null, path: string): Promise<boolean> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return true;
  const { response } = await dialog.showMessageBox(parent(window), {
    type: 'question',
    message: `${basename(path)} is there already. Replace it?`,
    detail: 'The requests that got no answer go into that file, beside the one that you chose.',
    buttons: ['Replace', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

function filterOf(filter: FileFilter, isGzip: boolean): FileFilter {
  return isGzip ? { name: `${filter.name}, compressed`, extensions: ['gz'] } : filter;
}
