import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseFile, chooseImportPaths, chooseReportPath } from '../../../src-main/shell/dialogs.ts';
import { chooseExportPath, chooseItemExportPath } from '../../../src-main/shell/export-dialogs.ts';

const dialog = vi.hoisted(() => ({ showOpenDialog: vi.fn(), showSaveDialog: vi.fn() }));
vi.mock('electron', () => ({ dialog, app: { getPath: () => '/home/a/Documents' } }));

const window = {} as BrowserWindow;
beforeEach(() => {
  dialog.showOpenDialog.mockReset();
  dialog.showSaveDialog.mockReset();
});

describe('the import dialog', () => {
  it('belongs to the window, takes several files, and offers JSON first', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/a.json', '/b.ndjson'] });
    expect(await chooseImportPaths(window, 'files')).toEqual(['/a.json', '/b.ndjson']);
    const [parent, options] = dialog.showOpenDialog.mock.calls[0] ?? [];
    expect(parent).toBe(window);
    expect(options.properties).toEqual(['openFile', 'multiSelections']);
    expect(options.filters[0].extensions).toEqual(['json', 'jsonl', 'ndjson', 'gz']);
  });

  it('lets folders be chosen where those are asked for', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/jobs'] });
    expect(await chooseImportPaths(window, 'folder')).toEqual(['/jobs']);
    expect(dialog.showOpenDialog.mock.calls[0]?.[1].properties).toEqual(['openDirectory', 'multiSelections']);
  });

  it('gives null when it was closed without a choice', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    expect(await chooseImportPaths(window, 'files')).toBeNull();
  });
});

describe('the export dialog', () => {
  it.each([
    ['array', 'jobs', join('/home/a/Documents', 'jobs.json')],
    ['array', 'jobs.json', join('/home/a/Documents', 'jobs.json')],
    ['ndjson', 'jobs', join('/home/a/Documents', 'jobs.ndjson')],
    ['ndjson', 'jobs.jsonl', join('/home/a/Documents', 'jobs.jsonl')],
    ['ndjson', 'jobs.json', join('/home/a/Documents', 'jobs.json.ndjson')],
  ] as const)('for %s and the name %s proposes %s', async (format, suggestedName, defaultPath) => {
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/chosen' });
    expect(await chooseExportPath(window, { format, suggestedName, packing: 'plain' })).toBe('/chosen');
    const [parent, options] = dialog.showSaveDialog.mock.calls[0] ?? [];
    expect(parent).toBe(window);
    expect(options.defaultPath).toBe(defaultPath);
  });

  it('gives null when it was closed without a choice', async () => {
    dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(
      await chooseExportPath(window, { format: 'array', suggestedName: 'jobs', packing: 'plain' }),
    ).toBeNull();
  });
});

describe('the dialog for the results of a batch', () => {
  it('proposes the extension that the format is known by', async () => {
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/chosen' });
    await chooseItemExportPath(window, { format: 'openai-batch', suggestedName: 'answers', isGzip: false });
    expect(dialog.showSaveDialog.mock.calls[0]?.[1].defaultPath).toBe(
      join('/home/a/Documents', 'answers.jsonl'),
    );
  });
});

describe('the dialog for what an import leaves out', () => {
  it('proposes a file of JSON lines', async () => {
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/chosen' });
    expect(await chooseReportPath(window)).toBe('/chosen');
    expect(dialog.showSaveDialog.mock.calls[0]?.[1].defaultPath).toBe(
      join('/home/a/Documents', 'not-imported.ndjson'),
    );
  });
});

describe('the dialog for one file', () => {
  it.each([
    ['items', 'openFile'],
    ['openai-batch', 'openFile'],
    ['directory', 'openDirectory'],
    ['program', 'openFile'],
  ] as const)('for %s belongs to the window and lets one be chosen', async (what, property) => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/chosen'] });
    expect(await chooseFile(window, what)).toBe('/chosen');
    const [parent, options] = dialog.showOpenDialog.mock.calls[0] ?? [];
    expect(parent).toBe(window);
    expect(options.properties).toContain(property);
    expect(options.properties).not.toContain('multiSelections');
  });

  it('gives null when it was closed without a choice', async () => {
    dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    expect(await chooseFile(window, 'items')).toBeNull();
  });
});

it('shows no dialog without a window to belong to', async () => {
  await expect(chooseImportPaths(null, 'files')).rejects.toMatchObject({ code: 'closing' });
  expect(dialog.showOpenDialog).not.toHaveBeenCalled();
});
