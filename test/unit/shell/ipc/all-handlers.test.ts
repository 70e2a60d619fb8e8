import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#shared/contract/settings.ts';
import type { ItemRecord } from '#shared/job/items.ts';
import type { JobId } from '#shared/job/job-id.ts';
import { checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import { allHandlers } from '../../../../src-main/shell/ipc/all-handlers.ts';
import type { HandlerContext } from '../../../../src-main/shell/ipc/context.ts';
import type { Handlers } from '../../../../src-main/shell/ipc/handlers.ts';

const electron = vi.hoisted(() => ({
  showItemInFolder: vi.fn(),
  nativeTheme: { themeSource: 'system' },
  showOpenDialog: vi.fn(),
  showSaveDialog: vi.fn(),
}));
vi.mock('electron', () => ({
  app: { getName: () => 'Jobdeck', getVersion: () => '0.1.0', getPath: () => '/home/a' },
  shell: { showItemInFolder: electron.showItemInFolder },
  nativeTheme: electron.nativeTheme,
  dialog: electron,
}));

const ref = {
  jobId: 'job-0f8fad5b-d9cb-469f-a165-70867728950e' as JobId,
  attempt: 1,
  stream: 'stdout',
} as const;
const outputPath = vi.fn<() => Promise<string | null>>();
const openImport = vi.fn();
const settingsChanged = vi.fn();
const begin = vi.fn();
const counts = { pending: 0, running: 0, completed: 5, failed: 0, cancelled: 0 };
const item = (index: number): ItemRecord => ({
  index,
  item: index,
  status: 'completed',
  attempts: 1,
  duration_ns: 1,
  ttft_ns: null,
  result: {},
  error: null,
});
/** Five items, and pages of at most two, whatever is asked for. */
const items = {
  counts: () => counts,
  page: (_id: JobId, _status: unknown, after: number | null, limit: number) =>
    [0, 1, 2, 3, 4]
      .filter((index) => index > (after ?? -1))
      .slice(0, Math.min(limit, 2))
      .map(item),
};
let settings: Settings;
let handlers: Handlers;

beforeEach(() => {
  vi.clearAllMocks();
  settings = DEFAULT_SETTINGS;
  handlers = allHandlers({
    workspace: {
      dataDirectory: '/data',
      profileId: 'user-3f0a7a52-6c1b-4b8e-9a51-0d2c8e6b7f14',
      runner: { outbox: { acknowledge: vi.fn() } },
      outputPath,
      items,
      profiles: { list: () => [] },
      secrets: { names: () => ['KEY'], backend: 'keychain', get: () => 'the value' },
      readSettings: () => settings,
      writeSettings(patch: Partial<Settings>) {
        settings = { ...settings, ...patch };
        return settings;
      },
    },
    imports: { openImport },
    exports: { begin },
    settingsChanged,
    currentWindow: () => ({}),
  } as unknown as HandlerContext);
});

it('says what runs, in an answer that is valid', async () => {
  const info = await handlers['app:info']({});
  expect(checkResponse('app:info', info)).toBeNull();
  expect(info).toMatchObject({ name: 'Jobdeck', version: '0.1.0', dataDirectory: '/data' });
});

it('finds room on a disk of which nothing is known', async () => {
  expect(checkResponse('app:room', await handlers['app:room']({}))).toBeNull();
});

it('answers an acknowledgement with nothing', async () => {
  expect(await handlers['outbox:ack']({ journalId: 'j', seq: 1 })).toEqual({});
});

describe('showing an output file', () => {
  it('shows the file of the attempt', async () => {
    outputPath.mockResolvedValue('/data/output/1.stdout');
    await handlers['output:reveal'](ref);
    expect(electron.showItemInFolder).toHaveBeenCalledExactlyOnceWith('/data/output/1.stdout');
  });

  it('says so where there is none', async () => {
    outputPath.mockResolvedValue(null);
    await expect(handlers['output:reveal'](ref)).rejects.toMatchObject({ code: 'not-found' });
    expect(electron.showItemInFolder).not.toHaveBeenCalled();
  });
});

it('gives frame, dialogs and page the theme that was set', async () => {
  await handlers['settings:write']({ theme: 'dark' });
  expect(electron.nativeTheme.themeSource).toBe('dark');
  expect(settingsChanged).toHaveBeenCalledOnce();
});

describe('a dialog closed without a choice', () => {
  it('opens no import', async () => {
    electron.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
    expect(await handlers['import:choose']({ what: 'files' })).toBeNull();
    expect(openImport).not.toHaveBeenCalled();
  });

  it('begins no export', async () => {
    electron.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(
      await handlers['export:choose']({
        suggestedName: 'jobs',
        format: 'array',
        packing: 'plain',
        redaction: { callbackUrls: false, metadataValues: false },
      }),
    ).toBeNull();
    expect(begin).not.toHaveBeenCalled();
  });
});

describe('the items of a batch', () => {
  it('are read to their end, also where a page ends before it is full', async () => {
    const read: number[] = [];
    let after: number | null = null;
    do {
      const page = await handlers['item:page']({ jobId: ref.jobId, status: null, after, limit: 100 });
      expect(checkResponse('item:page', page)).toBeNull();
      read.push(...page.items.map(({ index }) => index));
      after = page.next;
    } while (after !== null);
    expect(read).toEqual([0, 1, 2, 3, 4]);
  });
});

it('gives the names of secrets, and no value', async () => {
  const list = await handlers['secret:list']({});
  expect(checkResponse('secret:list', list)).toBeNull();
  expect(list).toEqual({ names: ['KEY'], backend: 'keychain' });
});

it('gives null where the dialog for a file was closed', async () => {
  electron.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
  expect(await handlers['file:choose']({ what: 'items' })).toBeNull();
});
