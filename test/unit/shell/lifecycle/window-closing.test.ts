import { EventEmitter } from 'node:events';
import type { App, BrowserWindow } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '#shared/contract/settings.ts';
import {
  createWindowClosing,
  type WindowClosing,
} from '../../../../src-main/shell/lifecycle/window-closing.ts';

const showMessageBox = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ dialog: { showMessageBox } }));

const KEEP = 0;
const QUIT = 1;
const CANCEL = 2;

/** As Electron does: `close` asks, and the last window that goes tells the application. */
class FakeWindow extends EventEmitter {
  close(): void {
    let prevented = false;
    this.emit('close', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return;
    window = null;
    app.emit('window-all-closed');
  }
  isDestroyed = () => window !== this;
}

let app: EventEmitter & { quit: ReturnType<typeof vi.fn> };
let window: FakeWindow | null;
let counts: { running: number; pending: number };
let idle: PromiseWithResolvers<void>;
let settings: Settings;
let isQuitting: boolean;
let tellBackground: ReturnType<typeof vi.fn<(count: number) => void>>;
let closing: WindowClosing;

function open(): FakeWindow {
  const opened = new FakeWindow();
  window = opened;
  closing.watch(opened as unknown as BrowserWindow);
  return opened;
}

function start(platform: NodeJS.Platform): FakeWindow {
  closing = createWindowClosing({
    app: app as unknown as App,
    platform,
    runner: {
      status: () => ({ slots: 4, callbacksDue: 0, problem: null, queues: [], holds: [], ...counts }),
      idle: () => idle.promise,
    },
    currentWindow: () => window as unknown as BrowserWindow | null,
    readSettings: () => settings,
    rememberChoice: (whenClosed) => {
      settings = { ...settings, whenClosed };
    },
    tellBackground,
    isQuitting: () => isQuitting,
    log: () => {},
  });
  return open();
}

function answer(response: number, checkboxChecked = false): void {
  showMessageBox.mockResolvedValueOnce({ response, checkboxChecked });
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  showMessageBox.mockReset();
  app = Object.assign(new EventEmitter(), { quit: vi.fn() });
  counts = { running: 1, pending: 1 };
  idle = Promise.withResolvers();
  settings = { ...DEFAULT_SETTINGS };
  isQuitting = false;
  tellBackground = vi.fn<(count: number) => void>();
});

describe('closing the window', () => {
  it('quits without a question where nothing is left to run', () => {
    counts = { running: 0, pending: 0 };
    start('linux').close();
    expect(showMessageBox).not.toHaveBeenCalled();
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('asks in the window, before it closes, while jobs run or wait', async () => {
    answer(CANCEL);
    const opened = start('linux');
    opened.close();
    expect(window).toBe(opened);
    expect(showMessageBox).toHaveBeenCalledExactlyOnceWith(
      opened,
      expect.objectContaining({
        message: '2 jobs are still running or waiting',
        buttons: ['Keep running in the background', 'Stop them and quit', 'Cancel'],
        cancelId: CANCEL,
        checkboxLabel: "Don't ask again",
      }),
    );
    await settled();
    expect(window).toBe(opened);
    expect(app.quit).not.toHaveBeenCalled();
  });

  it('asks once, however often it is closed meanwhile', async () => {
    answer(CANCEL);
    const opened = start('linux');
    opened.close();
    opened.close();
    await settled();
    expect(showMessageBox).toHaveBeenCalledOnce();
  });

  it('asks again after a cancelled question', async () => {
    answer(CANCEL);
    answer(CANCEL);
    const opened = start('linux');
    opened.close();
    await settled();
    opened.close();
    expect(showMessageBox).toHaveBeenCalledTimes(2);
  });

  it('keeps jobs running when told so, tells it, and quits once they are done', async () => {
    answer(KEEP);
    start('linux').close();
    await settled();
    expect(window).toBeNull();
    expect(tellBackground).toHaveBeenCalledExactlyOnceWith(2);
    expect(app.quit).not.toHaveBeenCalled();
    idle.resolve();
    await settled();
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('does not quit when the jobs are done but the window is open again', async () => {
    settings.whenClosed = 'keep-running';
    start('linux').close();
    open();
    idle.resolve();
    await settled();
    expect(app.quit).not.toHaveBeenCalled();
  });

  it('stops the jobs and quits when told so', async () => {
    answer(QUIT);
    start('linux').close();
    await settled();
    expect(app.quit).toHaveBeenCalledOnce();
    expect(tellBackground).not.toHaveBeenCalled();
  });

  it.each([
    [KEEP, 'keep-running'],
    [QUIT, 'quit'],
    [CANCEL, 'ask'],
  ] as const)('remembers answer %i as %s where asked to', async (response, whenClosed) => {
    answer(response, true);
    start('linux').close();
    await settled();
    expect(settings.whenClosed).toBe(whenClosed);
  });

  it('does not remember an answer it was not asked to remember', async () => {
    answer(KEEP);
    start('linux').close();
    await settled();
    expect(settings.whenClosed).toBe('ask');
    answer(CANCEL);
    open().close();
    expect(showMessageBox).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['keep-running', 0],
    ['quit', 1],
  ] as const)('asks nothing where the settings say %s', (whenClosed, quits) => {
    settings.whenClosed = whenClosed;
    start('linux').close();
    expect(showMessageBox).not.toHaveBeenCalled();
    expect(app.quit).toHaveBeenCalledTimes(quits);
  });

  it('never ends the application on macOS, where it asks nothing either', async () => {
    start('darwin').close();
    idle.resolve();
    await settled();
    expect(showMessageBox).not.toHaveBeenCalled();
    expect(app.quit).not.toHaveBeenCalled();
  });

  it('asks nothing while the application is quitting', () => {
    isQuitting = true;
    start('linux').close();
    expect(window).toBeNull();
    expect(showMessageBox).not.toHaveBeenCalled();
    expect(app.quit).not.toHaveBeenCalled();
  });
});

describe('quitting from the menu', () => {
  it('asks while jobs run, and offers no rule for the next time', async () => {
    answer(QUIT);
    start('linux');
    closing.quit();
    expect(showMessageBox.mock.calls[0]?.[1]).not.toHaveProperty('checkboxLabel');
    expect(app.quit).not.toHaveBeenCalled();
    await settled();
    expect(app.quit).toHaveBeenCalledOnce();
  });

  it('closes the window where the jobs shall go on', async () => {
    answer(KEEP);
    start('linux');
    closing.quit();
    await settled();
    expect(window).toBeNull();
    expect(app.quit).not.toHaveBeenCalled();
  });

  it('asks nothing where nothing runs', () => {
    counts = { running: 0, pending: 0 };
    start('linux');
    closing.quit();
    expect(app.quit).toHaveBeenCalledOnce();
  });
});
