import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseExportPath, chooseItemExportPath } from '../../../src-main/shell/export-dialogs.ts';

const dialog = vi.hoisted(() => ({ showSaveDialog: vi.fn(), showMessageBox: vi.fn() }));
vi.mock('electron', () => ({ dialog, app: { getPath: () => '/home/a/Documents' } }));

const window = {} as BrowserWindow;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobdeck-dialogs-'));
  dialog.showSaveDialog.mockReset().mockResolvedValue({ canceled: false, filePath: join(folder, 'a.jsonl') });
  dialog.showMessageBox.mockReset();
  return () => rmSync(folder, { recursive: true });
});

const options = () => dialog.showSaveDialog.mock.calls[0]?.[1];

describe('the dialog for an export', () => {
  it.each([
    ['gzip', 'jobs.ndjson.gz', 'jobs.ndjson.gz', [['gz']]],
    ['zip', 'jobs', 'jobs.zip', [['zip']]],
    ['folder', 'jobs', 'jobs', undefined],
  ] as const)('into %s proposes for %s the name %s', async (packing, suggestedName, name, extensions) => {
    await chooseExportPath(window, { format: 'ndjson', suggestedName, packing });
    expect(options().defaultPath).toBe(join('/home/a/Documents', name));
    expect(options().filters?.map((filter: { extensions: string[] }) => filter.extensions)).toEqual(
      extensions,
    );
    expect(options().properties).toContain('showOverwriteConfirmation');
  });
});

describe('the dialog for results', () => {
  const batch = { format: 'openai-batch', suggestedName: 'a', isGzip: false } as const;

  it('asks for one file alone where nothing is in the way', async () => {
    expect(await chooseItemExportPath(window, batch)).toBe(join(folder, 'a.jsonl'));
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
  });

  it.each([
    [0, true],
    [1, false],
  ])('asks about an error file that is there, and answer %i goes on: %s', async (response, goesOn) => {
    writeFileSync(join(folder, 'a.errors.jsonl'), 'mine');
    dialog.showMessageBox.mockResolvedValue({ response });
    expect(await chooseItemExportPath(window, batch)).toBe(goesOn ? join(folder, 'a.jsonl') : null);
    expect(dialog.showMessageBox.mock.calls[0]?.[1]).toMatchObject({
      message: 'a.errors.jsonl is there already. Replace it?',
      cancelId: 1,
    });
  });

  it('does not ask about the error file of another format', async () => {
    writeFileSync(join(folder, 'a.errors.jsonl'), 'mine');
    expect(await chooseItemExportPath(window, { ...batch, format: 'csv' })).toBe(join(folder, 'a.jsonl'));
    expect(dialog.showMessageBox).not.toHaveBeenCalled();
  });
});
