/** The file dialogs. Each belongs to the window: without a parent it can open behind it on Linux. */
import { extname, join } from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  type FileFilter,
  type OpenDialogOptions,
  type SaveDialogOptions,
} from 'electron';
import { AppError } from '#shared/app-error.ts';
import type { ExportFormat, ExportRequest } from '#shared/contract/channels.ts';

const IMPORT_OPTIONS: OpenDialogOptions = {
  title: 'Import jobs',
  buttonLabel: 'Import',
  properties: ['openFile', 'multiSelections'],
  filters: [
    { name: 'Jobs (JSON, JSON lines)', extensions: ['json', 'jsonl', 'ndjson'] },
    { name: 'All files', extensions: ['*'] },
  ],
};

const EXPORT_FILTER: Record<ExportFormat, FileFilter> = {
  array: { name: 'JSON array', extensions: ['json'] },
  ndjson: { name: 'JSON lines', extensions: ['ndjson', 'jsonl'] },
};

/** The files the person chose, or null. */
export async function chooseImportPaths(window: BrowserWindow | null): Promise<string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent(window), IMPORT_OPTIONS);
  return canceled || filePaths.length === 0 ? null : filePaths;
}

/** Where the person wants the export, or null. */
export async function chooseExportPath(
  window: BrowserWindow | null,
  { suggestedName, format }: ExportRequest,
): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: 'Export jobs',
    buttonLabel: 'Export',
    defaultPath: join(app.getPath('documents'), withExtension(suggestedName, format)),
    filters: [EXPORT_FILTER[format]],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await dialog.showSaveDialog(parent(window), options);
  return canceled || filePath === '' ? null : filePath;
}

function withExtension(name: string, format: ExportFormat): string {
  const { extensions } = EXPORT_FILTER[format];
  return extensions.includes(extname(name).slice(1)) ? name : `${name}.${extensions[0]}`;
}

function parent(window: BrowserWindow | null): BrowserWindow {
  if (window === null)
    throw new AppError('closing', 'The window is closed, so no dialog can be shown in it.');
  return window;
}
