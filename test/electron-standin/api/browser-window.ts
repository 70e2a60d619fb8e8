/** `BrowserWindow`. What the window manager would do (focus, minimise, move) is only kept in mind. */
import { pathToFileURL } from 'node:url';
import { preventable, refuseUnknownOptions, StrictEmitter, strictStatics } from '../strict.ts';
import { app } from './app.ts';
import { WebContents } from './web-contents.ts';

export type BrowserWindowKeys =
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getContentSize'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadFile'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setMenuBarVisibility'
  | 'setProgressBar'
  | 'setSize'
  | 'setTitle'
  | 'show'
  | 'webContents';

const OPTIONS = [
  ...['autoHideMenuBar', 'backgroundColor', 'height', 'icon', 'minHeight', 'minWidth', 'name', 'show'],
  ...['title', 'titleBarStyle', 'webPreferences', 'width', 'windowStatePersistence', 'x', 'y'],
];
const WEB_PREFERENCES = [
  ...['allowRunningInsecureContent', 'contextIsolation', 'devTools', 'navigateOnDragDrop'],
  ...['nodeIntegration', 'nodeIntegrationInSubFrames', 'nodeIntegrationInWorker', 'preload', 'sandbox'],
  ...['spellcheck', 'v8CacheOptions', 'webSecurity', 'webviewTag'],
];
/** What the stand-in has one way of doing: a window that wants the other cannot run on it. */
const FIXED: Partial<Record<keyof Electron.WebPreferences, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
};

const windows = new Map<number, BrowserWindow>();
let focused: BrowserWindow | null = null;
let lastId = 0;

export class BrowserWindow
  extends StrictEmitter
  implements Omit<Pick<Electron.BrowserWindow, BrowserWindowKeys>, 'webContents'>
{
  protected readonly events = [
    ...['blur', 'close', 'closed', 'focus', 'hide', 'maximize', 'minimize', 'move', 'moved', 'ready-to-show'],
    ...['resize', 'resized', 'responsive', 'restore', 'session-end', 'show', 'unmaximize', 'unresponsive'],
  ];
  readonly id = ++lastId;
  readonly webContents: WebContents;
  private bounds: Electron.Rectangle;
  private title: string;
  private visible: boolean;
  private minimized = false;
  private maximized = false;
  private destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { webPreferences = {}, x = 0, y = 0, width = 800, height = 600 } = options;
    refuseUnknownOptions('BrowserWindow', options, OPTIONS);
    refuseUnknownOptions('BrowserWindow webPreferences', webPreferences, WEB_PREFERENCES);
    for (const [name, value] of Object.entries(FIXED)) {
      const given = webPreferences[name as keyof Electron.WebPreferences];
      if (given !== undefined && given !== value) {
        throw new Error(`The Electron stand-in has windows with ${name}: ${value} alone, got ${given}.`);
      }
    }
    this.bounds = { x, y, width, height };
    this.title = options.title ?? app.getName();
    this.visible = options.show ?? true;
    const { preload = null } = webPreferences;
    const backgroundColor = options.backgroundColor ?? null;
    this.webContents = new WebContents({
      preload,
      width,
      height,
      backgroundColor,
      close: () => this.close(),
    });
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    windows.set(this.id, this);
    app.emit('web-contents-created', preventable({}), this.webContents);
    app.emit('browser-window-created', preventable({}), this);
    this.webContents.on('render-process-gone', (event: object, details: object) =>
      app.emit('render-process-gone', event, this.webContents, details),
    );
    this.webContents.host.on('gone', () => this.destroy());
    if (this.visible) this.focus();
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
  static fromWebContents(contents: { id: number }): BrowserWindow | null {
    return [...windows.values()].find(({ webContents }) => webContents.id === contents.id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(path).href);
  }

  show(): void {
    if (!this.visible) {
      this.visible = true;
      this.emit('show');
    }
    this.focus();
  }
  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.blur();
    this.emit('hide');
  }
  focus(): void {
    if (focused === this || !this.visible) return;
    focused?.blur();
    focused = this;
    this.webContents.focus();
    this.emit('focus');
    app.emit('browser-window-focus', preventable({}), this);
  }
  private blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
    app.emit('browser-window-blur', preventable({}), this);
  }
  isVisible(): boolean {
    return this.visible;
  }
  isFocused(): boolean {
    return focused === this;
  }
  minimize(): void {
    this.minimized = true;
    this.blur();
    this.emit('minimize');
  }
  restore(): void {
    this.minimized = false;
    this.emit('restore');
    this.focus();
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  flashFrame(): void {}
  setProgressBar(): void {}
  setMenuBarVisibility(): void {}
  setBackgroundColor(): void {}
  getTitle(): string {
    return this.title;
  }
  setTitle(title: string): void {
    this.title = title;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }
  getSize(): [number, number] {
    return [this.bounds.width, this.bounds.height];
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  setBounds(given: Partial<Electron.Rectangle>): void {
    const { x, y, width, height } = this.bounds;
    this.bounds = { ...this.bounds, ...given };
    const bounds = this.bounds;
    this.webContents.host.command(async (_page, { connection }) => {
      const targetId = this.webContents.host.targetId ?? '';
      const { windowId } = await connection.browser.send('Browser.getWindowForTarget', { targetId });
      const { x: left, y: top, ...size } = bounds;
      await connection.browser.send('Browser.setWindowBounds', { windowId, bounds: { left, top, ...size } });
    });
    if (bounds.width !== width || bounds.height !== height) this.emit('resize');
    if (bounds.x !== x || bounds.y !== y) this.emit('move');
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
  close(): void {
    setImmediate(() => this.closeUnlessPrevented());
  }
  destroy(): void {
    if (this.destroyed) return;
    this.blur();
    this.destroyed = true;
    windows.delete(this.id);
    this.webContents.destroy();
    this.emit('closed');
    if (windows.size === 0) app.lastWindowClosed();
  }

  /** Asks the application; false where it wants to keep the window. */
  closeUnlessPrevented(): boolean {
    if (this.destroyed) return true;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
    return !event.defaultPrevented;
  }
}
strictStatics(BrowserWindow);
app.windows = () => [...windows.values()];
