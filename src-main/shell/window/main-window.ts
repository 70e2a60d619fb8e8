/** The one window: opened, shown, closed and opened again; and the way pushes reach its page. */
import { BrowserWindow, nativeTheme } from 'electron';
import type { Push, Pushes } from '#shared/contract/channels.ts';
import { WINDOW_URL } from '../app-origin.ts';
import type { Log } from '../log.ts';
import { confine } from '../session-policy.ts';
import { recoverPage } from './recover-page.ts';
import { windowOptions } from './window-options.ts';

export interface MainWindow {
  /** The window while it is open. */
  current(): BrowserWindow | null;
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  /** Sends to the page; lost while there is none. */
  push<P extends Push>(push: P, payload: Pushes[P]): void;
  /** Shows the window and sends to its page: at once, or as soon as it has loaded. */
  showWith<P extends Push>(push: P, payload: Pushes[P]): void;
  /** Called with each window that is made, before its page loads. */
  onOpened(listener: (window: BrowserWindow) => void): void;
}

export interface MainWindowOptions {
  preload: string;
  log: Log;
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;
  const openedListeners: ((window: BrowserWindow) => void)[] = [];
  let isLoaded = false;
  let afterLoad: (() => void)[] = [];

  const main: MainWindow = {
    current: () => window,
    show() {
      if (window === null) open();
      else bringToFront(window);
    },
    push(push, payload) {
      if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return;
      window.webContents.send(push, payload);
    },
    showWith(push, payload) {
      afterLoad.push(() => main.push(push, payload));
      main.show();
      if (isLoaded) flush();
    },
    onOpened: (listener) => void openedListeners.push(listener),
  };
  return main;

  function open(): void {
    const opened = new BrowserWindow(
      windowOptions({ preload: options.preload, dark: nativeTheme.shouldUseDarkColors }),
    );
    window = opened;
    isLoaded = false;
    confine(opened.webContents, options.log);
    recoverPage(opened, options.log);
    opened.once('ready-to-show', () => opened.show());
    opened.webContents.on('did-start-loading', () => {
      isLoaded = false;
    });
    opened.webContents.on('did-finish-load', () => {
      isLoaded = true;
      flush();
    });
    opened.on('closed', () => {
      window = null;
      isLoaded = false;
    });
    for (const listener of openedListeners) listener(opened);
    opened.loadURL(WINDOW_URL).catch((cause: unknown) => options.log('The page did not load.', cause));
  }

  function flush(): void {
    const waiting = afterLoad;
    afterLoad = [];
    for (const send of waiting) send();
  }
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
