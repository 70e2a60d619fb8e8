import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import { checkRequest, checkResponse } from '../../../../src-main/adapters/validators/index.ts';
import type { HandlerContext } from '../../../../src-main/shell/ipc/context.ts';
import { backupHandlers } from '../../../../src-main/shell/ipc/nouns/backup-handlers.ts';
import { sampleJob, sampleJobIn } from '../../../fakes/sample-jobs.ts';

const electron = vi.hoisted(() => ({ showItemInFolder: vi.fn(), showOpenDialog: vi.fn() }));
vi.mock('electron', () => ({
  app: { getVersion: () => '0.1.0', getPath: () => '/home/a' },
  shell: { showItemInFolder: electron.showItemInFolder },
  dialog: electron,
}));

beforeEach(() => vi.clearAllMocks());

function handlers(backupsKept = 7) {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'jobdeck-handlers-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const jobs = [sampleJobIn('running', 1), sampleJobIn('completed', 2)];
  return backupHandlers({
    workspace: {
      dataDirectory,
      readSettings: () => ({ ...DEFAULT_SETTINGS, backupsKept }),
      findJob: (id: string) => jobs.find((job) => job.id === id),
    },
    currentWindow: () => ({}),
  } as unknown as HandlerContext);
}

async function made(of: ReturnType<typeof handlers>) {
  const { writeId } = await of['backup:begin']({ reason: 'manual' });
  const record = {
    kind: 'job',
    job: sampleJob(1),
    origin: 'author',
    approvedAtMs: null,
    journalId: null,
    seq: 0,
  };
  await of['backup:write']({ writeId, records: [record as never] });
  return of['backup:finish']({ writeId });
}

it('makes a backup, lists it and opens it, in answers that are valid', async () => {
  const of = handlers();
  const { backup, check } = await made(of);
  expect(check.problem).toBeNull();
  const list = await of['backup:list']({});
  expect(checkResponse('backup:list', list)).toBeNull();
  expect(list.backups).toEqual([backup]);
  const opened = await of['backup:open']({ name: backup.name });
  expect(checkResponse('backup:open', opened)).toBeNull();
  expect(await of['backup:close']({ openId: opened.openId })).toEqual({});
});

it('opens the file that was chosen, and nothing where the dialog was closed', async () => {
  const of = handlers();
  electron.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
  expect(await of['backup:choose']({})).toBeNull();
  const { backup } = await made(of);
  const { folder } = await of['backup:list']({});
  electron.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [join(folder, backup.name)] });
  expect(await of['backup:choose']({})).toMatchObject({ name: backup.name });
});

it('shows no file but a backup', async () => {
  const of = handlers();
  const { backup } = await made(of);
  await of['backup:reveal']({ name: backup.name });
  expect(electron.showItemInFolder).toHaveBeenCalledWith(expect.stringContaining(backup.name));
  await expect(of['backup:reveal']({ name: 'passwd' })).rejects.toMatchObject({ code: 'not-found' });
  expect(checkRequest('backup:open', { name: '../journal.sqlite' })).not.toBeNull();
});

it('drops no output of a job that runs', async () => {
  const of = handlers();
  const [running, ended, gone] = [1, 2, 3].map((index) => sampleJob(index).id) as [never, never, never];
  expect(await of['retention:drop-output']({ ids: [running, ended, gone] })).toEqual({ refused: [running] });
  const sizes = await of['retention:sizes']({ ids: [running, ended] });
  expect(checkResponse('retention:sizes', sizes)).toBeNull();
  expect(sizes).toEqual({ sizes: [0, 0] });
});
