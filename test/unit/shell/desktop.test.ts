import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#shared/app-error.ts';
import { CHANNEL_SCHEMAS } from '#shared/contract/channel-schemas.ts';
import { DEFAULT_SETTINGS } from '#shared/contract/settings.ts';
import type { OpenWorkspace, Workspace } from '../../../src-main/adapters/workspace-types.ts';
import { type DesktopOptions, startDesktop } from '../../../src-main/shell/desktop.ts';

const electron = vi.hoisted(() => ({
  calls: [] as string[],
  windows: [] as string[],
  channels: [] as string[],
  errors: [] as string[],
  hasLock: true,
  hasKeychain: true,
  ready: Promise.withResolvers<void>(),
  switches: {} as Record<string, string>,
  appEvents: new Map<string, (event: object) => void>(),
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  const note =
    (name: string) =>
    (...given: unknown[]): void =>
      void electron.calls.push(
        [name, ...given.filter((value) => typeof value !== 'object' && typeof value !== 'function')].join(
          ' ',
        ),
      );
  class FakeWindow extends EventEmitter {
    webContents = Object.assign(new EventEmitter(), { setWindowOpenHandler() {}, isDestroyed: () => false });
    async loadURL(address: string): Promise<void> {
      electron.windows.push(address);
    }
  }
  return {
    app: {
      commandLine: { getSwitchValue: (name: string) => electron.switches[name] ?? '' },
      setPath: note('setPath'),
      getPath: (name: string) => `/home/a/${name}`,
      getName: () => 'Jobdeck',
      getAppPath: () => process.argv.at(-1),
      getVersion: () => '0.1.0',
      requestSingleInstanceLock: () => electron.hasLock,
      enableSandbox: note('enableSandbox'),
      setAppUserModelId: note('setAppUserModelId'),
      setAboutPanelOptions: note('setAboutPanelOptions'),
      whenReady: () => electron.ready.promise,
      on: (name: string, listener: (event: object) => void) => electron.appEvents.set(name, listener),
      quit: note('quit'),
      exit: note('exit'),
    },
    BrowserWindow: FakeWindow,
    Menu: { setApplicationMenu: note('setApplicationMenu'), buildFromTemplate: () => ({}) },
    Notification: class {},
    dialog: {
      showErrorBox: (title: string, content: string) => electron.errors.push(`${title}: ${content}`),
    },
    ipcMain: { handle: (channel: string) => electron.channels.push(channel) },
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
    protocol: { registerSchemesAsPrivileged: note('registerSchemesAsPrivileged') },
    session: {
      defaultSession: {
        protocol: { handle: note('protocol.handle') },
        setPermissionRequestHandler: note('setPermissionRequestHandler'),
        setPermissionCheckHandler: note('setPermissionCheckHandler'),
      },
    },
    net: { isOnline: () => true },
    powerMonitor: {
      isOnBatteryPower: () => false,
      on: note('powerMonitor.on'),
      off: note('powerMonitor.off'),
    },
    powerSaveBlocker: {},
    safeStorage: {
      isEncryptionAvailable: () => electron.hasKeychain,
      getSelectedStorageBackend: () => 'kwallet',
    },
    shell: {},
    utilityProcess: {},
  };
});

const receiver = vi.hoisted(() => ({ onChanged: vi.fn(() => () => {}), stop: vi.fn(async () => {}) }));
vi.mock('../../../src-main/adapters/receiver/receiver.ts', () => ({ createReceiver: () => receiver }));

const stopAnswers = vi.hoisted(() => vi.fn());
vi.mock('../../../src-main/adapters/control/answer-requests.ts', () => ({
  answerRequests: () => stopAnswers,
}));

const runner = {
  start: vi.fn(async () => {}),
  onEvents: () => () => {},
  onStatus: () => () => {},
  status: () => ({ running: 0, pending: 0 }),
  hold: vi.fn(),
  wake: vi.fn(),
};
const close = vi.fn(async () => {});
const imports = { onProgress: vi.fn(() => () => {}), closeAll: vi.fn(async () => {}) };
const workspace = {
  dataDirectory: '/data',
  runner,
  readSettings: () => DEFAULT_SETTINGS,
  close,
} as unknown as Workspace;
let openWorkspace: ReturnType<typeof vi.fn<OpenWorkspace>>;

beforeEach(() => {
  Object.assign(electron, {
    calls: [],
    windows: [],
    channels: [],
    errors: [],
    hasLock: true,
    hasKeychain: true,
    ready: Promise.withResolvers<void>(),
    switches: {},
  });
  electron.appEvents.clear();
  runner.start.mockClear();
  close.mockClear();
  openWorkspace = vi.fn<OpenWorkspace>(async () => workspace);
});

function start(): void {
  const accept = () => null;
  startDesktop({
    builtDirectory: '/out',
    openWorkspace,
    startSpawnHelper: vi.fn(),
    imports: imports as unknown as DesktopOptions['imports'],
    checkRequest: accept,
    checkResponse: accept,
    log: () => {},
  });
}

async function startToTheEnd(): Promise<void> {
  start();
  electron.ready.resolve();
  await vi.waitFor(() => expect(runner.start).toHaveBeenCalledOnce());
}

describe('before Electron is ready', () => {
  it('turns the sandbox on for every page and registers the scheme', () => {
    start();
    expect(electron.calls).toEqual(expect.arrayContaining(['enableSandbox', 'registerSchemesAsPrivileged']));
    expect(openWorkspace).not.toHaveBeenCalled();
  });

  it('leaves everything to the instance that runs', () => {
    electron.hasLock = false;
    start();
    expect(electron.calls).toEqual(['exit 0']);
  });
});

describe('the start', () => {
  it('denies permissions, serves the page and answers every channel before it opens the window', async () => {
    await startToTheEnd();
    expect(electron.calls).toEqual(
      expect.arrayContaining([
        'setPermissionRequestHandler',
        'setPermissionCheckHandler',
        'protocol.handle app',
      ]),
    );
    expect(electron.channels.sort()).toEqual(Object.keys(CHANNEL_SCHEMAS).sort());
    expect(electron.windows).toEqual(['app://jobdeck/index.html']);
  });

  it('opens the data beside the profile, and attempts are in the background while there is no window', async () => {
    let wasInBackground: boolean | null = null;
    openWorkspace.mockImplementation(async (options) => {
      wasInBackground = options.inBackground();
      return workspace;
    });
    await startToTheEnd();
    const options = openWorkspace.mock.calls[0]?.[0];
    expect(options?.dataDirectory).toMatch(/userData[\\/]workspace$/u);
    expect(wasInBackground).toBe(true);
    expect(options?.inBackground()).toBe(false);
  });

  it.each([
    ['the keychain, where there is one', true, 'keychain'],
    ['a file of their own, where there is none', false, undefined],
  ])('keeps secrets with %s', async (_, hasKeychain, backend) => {
    electron.hasKeychain = hasKeychain;
    await startToTheEnd();
    expect(openWorkspace.mock.calls[0]?.[0].secretCipher?.backend).toBe(backend);
  });

  it('follows the machine into sleep and out of it', async () => {
    await startToTheEnd();
    expect(electron.calls).toContain('powerMonitor.on resume');
    expect(runner.hold.mock.calls.map(([reason]) => reason)).toEqual(
      expect.arrayContaining(['battery', 'network']),
    );
  });

  it('shows the open window again when started a second time', async () => {
    await startToTheEnd();
    expect(electron.appEvents.has('second-instance')).toBe(true);
    expect(electron.appEvents.has('activate')).toBe(true);
  });

  it.each([
    new AppError('data-in-use', 'Another Jobdeck has the data open.'),
    new AppError('io', 'The disk is read-only.'),
  ])('with data that cannot be opened says why and ends with 1, without a window', async (error) => {
    openWorkspace.mockRejectedValue(error);
    start();
    electron.ready.resolve();
    await vi.waitFor(() => expect(electron.calls).toContain('exit 1'));
    expect(electron.errors).toEqual([`Jobdeck cannot start: ${error.message}`]);
    expect(electron.windows).toEqual([]);
  });
});

describe('the end', () => {
  it('waits for the workspace to be closed, and lets go of imports and the port of the receiver', async () => {
    await startToTheEnd();
    const closed = Promise.withResolvers<void>();
    close.mockReturnValueOnce(closed.promise);
    const preventDefault = vi.fn();
    electron.appEvents.get('before-quit')?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
    expect(imports.closeAll).toHaveBeenCalledOnce();
    expect(stopAnswers).toHaveBeenCalled();
    expect(receiver.stop).toHaveBeenCalledOnce();
    expect(electron.calls).toContain('powerMonitor.off resume');
    expect(electron.calls).not.toContain('quit');
    closed.resolve();
    await vi.waitFor(() => expect(electron.calls).toContain('quit'));
  });
});
