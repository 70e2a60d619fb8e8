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
import type { FileChoice } from '#shared/contract/items.ts';

const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] };

const IMPORT_OPTIONS: Record<'files' | 'folder', OpenDialogOptions> = {
  files: {
    title: 'Import jobs',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Jobs (JSON, JSON lines, gzip)', extensions: ['json', 'jsonl', 'ndjson', 'gz'] },
      ALL_FILES,
    ],
  },
  folder: {
    title: 'Import the jobs of a folder',
    buttonLabel: 'Import',
    properties: ['openDirectory', 'multiSelections'],
  },
};

const FILE_OPTIONS: Record<FileChoice, OpenDialogOptions> = {
  items: {
    title: 'Choose the file with the items',
    properties: ['openFile'],
    filters: [
      { name: 'Items (JSON lines, CSV, text)', extensions: ['jsonl', 'ndjson', 'csv', 'txt'] },
      ALL_FILES,
    ],
  },
  'openai-batch': {
    title: 'Choose an OpenAI Batch input file',
    properties: ['openFile'],
    filters: [{ name: 'JSON lines', extensions: ['jsonl', 'ndjson'] }, ALL_FILES],
  },
  directory: { title: 'Choose a folder', properties: ['openDirectory', 'createDirectory'] },
  program: { title: 'Choose a program', properties: ['openFile'] },
};

const REPORT_FILTER: FileFilter = { name: 'JSON lines', extensions: ['ndjson', 'jsonl'] };

/** The files or folders that the person chose, or null. */
export async function chooseImportPaths(
  window: BrowserWindow | null,
  what: 'files' | 'folder',
): Promise<string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent(window), IMPORT_OPTIONS[what]);
  return canceled || filePaths.length === 0 ? null : filePaths;
}

/** The one file or folder that the person chose, or null. */
export async function chooseFile(window: BrowserWindow | null, what: FileChoice): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent(window), FILE_OPTIONS[what]);
  return canceled ? null : (filePaths[0] ?? null);
}

/** The backup that the person chose, or null. */
export async function chooseBackupPath(window: BrowserWindow | null): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(parent(window), {
    title: 'Choose a backup of the history',
    properties: ['openFile'],
    filters: [{ name: 'Backups', extensions: ['gz'] }, ALL_FILES],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Where the person wants the list of what an import leaves out, or null. */
export function chooseReportPath(window: BrowserWindow | null): Promise<string | null> {
  return chooseTarget(window, 'Save what does not come in', 'not-imported', REPORT_FILTER);
}

/**
 * Where something is to be written, or null. A file that is there is replaced once the person has agreed.
 * @param filter null for a folder that is to be made
 */
export async function chooseTarget(
  window: BrowserWindow | null,
  title: string,
  suggestedName: string,
  filter: FileFilter | null,
): Promise<string | null> {
  const name = filter === null ? suggestedName : withExtension(suggestedName, filter);
  const options: SaveDialogOptions = {
    title,
    buttonLabel: 'Export',
    defaultPath: join(app.getPath('documents'), name),
    ...(filter !== null && { filters: [filter] }),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const { canceled, filePath } = await dialog.showSaveDialog(parent(window), options);
  return canceled || filePath === '' ? null : filePath;
}

function withExtension(name: string, { extensions }: FileFilter): string {
  return extensions.includes(extname(name).slice(1)) ? name : `${name}.${extensions[0]}`;
}

/** @throws AppError `closing` where there is no window */
export function parent(window: BrowserWindow | null): BrowserWindow {
  if (window === null)
    throw new AppError('closing', 'The window is closed, so no dialog can be shown in it.');
  return window;
}
