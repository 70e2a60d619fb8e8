import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, RequestOf, ResponseOf } from '#shared/contract/channels.ts';
import type { ImportedDocument } from '#shared/contract/documents.ts';
import { createImports, type Imports } from '../../../../src-main/adapters/documents/import-session.ts';
import { checkRequest, checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import type { HandlerContext } from '../../../../src-main/shell/ipc/context.ts';
import type { Handler } from '../../../../src-main/shell/ipc/handlers.ts';
import { documentHandlers } from '../../../../src-main/shell/ipc/nouns/document-handlers.ts';

const dialog = vi.hoisted(() => ({ showOpenDialog: vi.fn(), showSaveDialog: vi.fn() }));
vi.mock('electron', () => ({ dialog, app: { getPath: () => '/home/a' } }));

let imports: Imports;
let folder: string;
let handlers: ReturnType<typeof documentHandlers>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobdeck-handlers-'));
  imports = createImports(() => '2026-12-01T00:00:00Z');
  handlers = documentHandlers({ imports, currentWindow: () => ({}) } as unknown as HandlerContext);
});
afterEach(async () => {
  await imports.closeAll();
  rmSync(folder, { recursive: true });
});

/** As the router calls them: both ways by the schemas. */
async function ask<C extends Channel & keyof ReturnType<typeof documentHandlers>>(
  channel: C,
  request: RequestOf<C>,
): Promise<ResponseOf<C>> {
  expect(checkRequest(channel, request)).toBeNull();
  const response = await (handlers[channel] as unknown as Handler<C>)(request);
  expect(checkResponse(channel, response)).toBeNull();
  return response;
}

const documentsOf = (text: string) => JSON.parse(text) as ImportedDocument[];
const DOCUMENTS = '{"id":"job-12345678","user_id":"u"}\n{"id":"job-12345678"}\n{"id":"run-12345678"}';

describe('the channels of an import', () => {
  it('take a file that was chosen from its opening to its end', async () => {
    const path = join(folder, 'a.ndjson');
    writeFileSync(path, DOCUMENTS);
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [path] });
    const opened = await ask('import:choose', { what: 'files' });
    expect(opened?.files).toEqual([{ name: 'a.ndjson', sizeBytes: DOCUMENTS.length }]);
    const importId = opened?.importId ?? '';
    await expect.poll(async () => (await ask('import:progress', { importId })).state).toBe('read');
    await ask('import:outcomes', { importId, outcomes: [{ place: 0, outcome: 'conflict' }] });
    const page = await ask('import:page', { importId, filter: 'all', after: -1, limit: 2 });
    expect(documentsOf(page.documents).map(({ outcome }) => outcome)).toEqual(['conflict', 'invalid']);
    expect(page.next).toBe(1);

    const target = join(folder, 'report.ndjson');
    dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: target });
    const report = await ask('import:report', { importId, refused: ['unknown-keys'] });
    expect(report).toEqual({ path: target, count: 2 });
    expect(readFileSync(target, 'utf8').split('\n')).toHaveLength(3);

    expect(await ask('import:close', { importId })).toEqual({});
    await expect(ask('import:progress', { importId })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('take folders and text as they do files', async () => {
    writeFileSync(join(folder, 'a.json'), DOCUMENTS);
    dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [folder] });
    expect((await ask('import:choose', { what: 'folder' }))?.files.map(({ name }) => name)).toEqual([
      'a.json',
    ]);
    expect((await ask('import:open', { paths: [folder] })).files).toHaveLength(1);
    expect((await ask('import:text', { name: 'pasted', text: DOCUMENTS })).files).toEqual([
      { name: 'pasted', sizeBytes: DOCUMENTS.length },
    ]);
  });

  it('write no report where the dialog was closed without a choice', async () => {
    const { importId } = await ask('import:text', { name: 'pasted', text: DOCUMENTS });
    dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(await ask('import:report', { importId, refused: [] })).toBeNull();
  });
});

it('checks the text of the editor, with what an import would repair', async () => {
  const { documents } = await ask('document:check', { text: '{"id":"job-12345678","callback_url":"None"}' });
  expect(documentsOf(documents)).toMatchObject([
    { file: 'document', valid: true, repairs: [{ kind: 'callback-none' }, { kind: 'given' }] },
  ]);
});
