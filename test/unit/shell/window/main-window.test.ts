import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobId } from '#shared/job/job-id.ts';
import type { Log } from '../../../../src-main/shell/log.ts';
import { createMainWindow, type MainWindow } from '../../../../src-main/shell/window/main-window.ts';

class FakeContents extends EventEmitter {
  sent: [string, unknown][] = [];
  reload = vi.fn();
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  send = (channel: string, payload: unknown): void => void this.sent.push([channel, payload]);
  isDestroyed = () => false;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { webPreferences: { sandbox: boolean } };
  address = '';
  show = vi.fn();
  focus = vi.fn();
  restore = vi.fn();
  close = vi.fn();
  isMinimized = () => true;
  isDestroyed = () => false;
  constructor(options: FakeWindow['options']) {
    super();
    this.options = options;
    electron.windows.push(this);
  }
  async loadURL(address: string): Promise<void> {
    this.address = address;
  }
}

const electron = vi.hoisted(() => ({ windows: [] as unknown[], showMessageBox: vi.fn() }));
vi.mock('electron', () => ({
  BrowserWindow: function BrowserWindow(options: FakeWindow['options']) {
    return new FakeWindow(options);
  },
  nativeTheme: { shouldUseDarkColors: false },
  dialog: { showMessageBox: electron.showMessageBox },
}));

const windows = electron.windows as FakeWindow[];
const jobId = 'job-0f8fad5b-d9cb-469f-a165-70867728950e' as JobId;
let main: MainWindow;
let log: ReturnType<typeof vi.fn<Log>>;

function latest(): FakeWindow {
  const window = windows.at(-1);
  if (window === undefined) throw new Error('No window was made.');
  return window;
}

beforeEach(() => {
  windows.length = 0;
  electron.showMessageBox.mockReset();
  log = vi.fn<Log>();
  main = createMainWindow({ preload: '/preload.cjs', log });
});

describe('the window', () => {
  it('is made sandboxed, confined, and with our page', () => {
    main.show();
    expect(latest().options.webPreferences.sandbox).toBe(true);
    expect(latest().webContents.openHandler?.({ url: 'app://jobdeck/index.html' })).toEqual({
      action: 'deny',
    });
    expect(latest().webContents.listenerCount('will-navigate')).toBe(1);
    expect(latest().address).toBe('app://jobdeck/index.html');
  });

  it('is shown when its page is ready, not before', () => {
    main.show();
    expect(latest().show).not.toHaveBeenCalled();
    latest().emit('ready-to-show');
    expect(latest().show).toHaveBeenCalledOnce();
  });

  it('is one: showing it again brings it to the front', () => {
    main.show();
    main.show();
    expect(windows).toHaveLength(1);
    expect(latest().restore).toHaveBeenCalledOnce();
    expect(latest().focus).toHaveBeenCalledOnce();
  });

  it('is made anew after it was closed', () => {
    main.show();
    latest().emit('closed');
    expect(main.current()).toBeNull();
    main.show();
    expect(windows).toHaveLength(2);
    expect(main.current()).toBe(latest());
  });

  it('is told to whoever watches, each time it is made', () => {
    const watch = vi.fn();
    main.onOpened(watch);
    main.show();
    latest().emit('closed');
    main.show();
    expect(watch.mock.calls.map(([window]) => window)).toEqual(windows);
  });
});

describe('a push', () => {
  it('goes to the page, and nowhere while there is none', () => {
    main.push('outbox:grew', { journalId: 'j', seq: 1 });
    main.show();
    main.push('outbox:grew', { journalId: 'j', seq: 2 });
    expect(latest().webContents.sent).toEqual([['outbox:grew', { journalId: 'j', seq: 2 }]]);
  });

  it('that shows the window waits for the page to load', () => {
    main.showWith('job:activated', { jobId });
    expect(latest().webContents.sent).toEqual([]);
    latest().webContents.emit('did-finish-load');
    expect(latest().webContents.sent).toEqual([['job:activated', { jobId }]]);
    latest().webContents.emit('did-finish-load');
    expect(latest().webContents.sent).toHaveLength(1);
  });

  it('that shows the window goes at once where the page is loaded, and waits while it reloads', () => {
    main.show();
    latest().webContents.emit('did-finish-load');
    main.showWith('menu:chosen', { command: 'find' });
    expect(latest().webContents.sent).toHaveLength(1);
    latest().webContents.emit('did-start-loading');
    main.showWith('menu:chosen', { command: 'import' });
    expect(latest().webContents.sent).toHaveLength(1);
    latest().webContents.emit('did-finish-load');
    expect(latest().webContents.sent).toHaveLength(2);
  });
});

describe('a page that crashes', () => {
  const gone = (reason: string) =>
    latest().webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });

  it('is reloaded, with a line in the log', () => {
    main.show();
    gone('crashed');
    expect(latest().webContents.reload).toHaveBeenCalledOnce();
    expect(log).toHaveBeenCalledOnce();
  });

  it('again at once is left to the person', async () => {
    electron.showMessageBox.mockResolvedValue({ response: 1 });
    main.show();
    gone('crashed');
    gone('oom');
    expect(latest().webContents.reload).toHaveBeenCalledOnce();
    expect(electron.showMessageBox.mock.calls[0]?.[0]).toBe(latest());
    await vi.waitFor(() => expect(latest().close).toHaveBeenCalledOnce());
  });

  it('is none that ended cleanly', () => {
    main.show();
    gone('clean-exit');
    expect(latest().webContents.reload).not.toHaveBeenCalled();
  });
});
