/** `webContents`: the page of a window. */

import { PageHost } from '../chromium/page-host.ts';
import type { Protocol } from '../chromium/protocol.ts';
import type { ToMain } from '../page/preload-world.ts';
import { preventable, StrictEmitter, strictStatics } from '../strict.ts';
import { ipcMain } from './ipc-main.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { requestRules, session } from './session.ts';
import { WebFrameMain } from './web-frame-main.ts';

export type WebContentsKeys =
  | 'capturePage'
  | 'close'
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'focus'
  | 'getTitle'
  | 'getURL'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isLoading'
  | 'loadURL'
  | 'mainFrame'
  | 'openDevTools'
  | 'reload'
  | 'send'
  | 'session'
  | 'setWindowOpenHandler';

export interface WebContentsOptions {
  preload: string | null;
  width: number;
  height: number;
  backgroundColor: string | null;
  /** Closes the window that this page is in. */
  close: () => void;
}

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const all = new Map<number, WebContents>();
let lastId = 0;

export class WebContents
  extends StrictEmitter
  implements Omit<Pick<Electron.WebContents, WebContentsKeys>, 'mainFrame' | 'session' | 'capturePage'>
{
  protected readonly events = [
    ...['before-input-event', 'console-message', 'destroyed', 'did-fail-load', 'did-finish-load'],
    ...['did-navigate', 'did-navigate-in-page', 'did-start-loading', 'did-stop-loading', 'dom-ready'],
    ...['preload-error', 'render-process-gone', 'responsive', 'unresponsive', 'will-attach-webview'],
    ...['will-frame-navigate', 'will-navigate', 'will-redirect', 'context-menu'],
  ];
  readonly id = ++lastId;
  readonly session = session.defaultSession;
  readonly mainFrame: WebFrameMain;
  readonly host: PageHost;
  private readonly options: WebContentsOptions;
  private destroyed = false;
  private crashed = false;
  private loading = false;
  private windowOpenHandler: WindowOpenHandler = () => ({ action: 'deny' });

  constructor(options: WebContentsOptions) {
    super();
    this.options = options;
    this.host = new PageHost({
      ...options,
      rules: requestRules(() => this.id),
      allowsNavigation: (url, isMainFrame, isRedirect) => this.allowsNavigation(url, isMainFrame, isRedirect),
      colorScheme: () => (nativeTheme.shouldUseDarkColors ? 'dark' : 'light'),
    });
    this.mainFrame = new WebFrameMain(
      this.id,
      () => this.getURL(),
      () => this.destroyed,
    );
    this.listen();
    nativeTheme.on('updated', this.applyTheme);
    all.set(this.id, this);
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }
  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find(({ host }) => host.targetId === targetId);
  }

  getURL(): string {
    return this.host.url;
  }
  getTitle(): string {
    return new URL(this.getURL()).pathname;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isCrashed(): boolean {
    return this.crashed;
  }
  isLoading(): boolean {
    return this.loading;
  }
  async loadURL(url: string): Promise<void> {
    await this.host.load(url);
  }
  reload(): void {
    this.host.command(() => this.host.reload());
  }
  send(channel: string, ...args: unknown[]): void {
    this.host.post({ kind: 'push', channel, args });
  }
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.host.evaluate(code, userGesture);
  }
  forcefullyCrashRenderer(): void {
    this.host.command((page) => page.send('Page.crash'));
  }
  async capturePage(): Promise<ReturnType<typeof nativeImage.createFromBuffer>> {
    return nativeImage.createFromBuffer(await this.host.screenshot());
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
  focus(): void {
    this.host.command((page) => page.send('Page.bringToFront'));
  }
  /** There are no developer tools to open: a debugger attaches through `--remote-debugging-port`. */
  openDevTools(): void {}
  close(): void {
    this.options.close();
  }

  /** Ends the page with its window. */
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    all.delete(this.id);
    nativeTheme.off('updated', this.applyTheme);
    this.host.close();
    this.emit('destroyed');
  }

  private readonly applyTheme = (): void => {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    const features = [{ name: 'prefers-color-scheme', value }];
    this.host.command((page) => page.send('Emulation.setEmulatedMedia', { features }));
  };

  private listen(): void {
    const { host } = this;
    host.on('message', (message) => this.receive(message));
    host.on('start-loading', () => {
      this.loading = true;
      this.crashed = false;
      this.emit('did-start-loading');
    });
    host.on('stop-loading', () => {
      this.loading = false;
      this.emit('did-stop-loading');
    });
    host.on('dom-ready', () => this.emit('dom-ready', preventable({})));
    host.on('loaded', () => this.emit('did-finish-load'));
    host.on('failed', (code, url) => this.emit('did-fail-load', preventable({}), -2, code, url, true));
    host.on('navigated', (url) => this.emit('did-navigate', preventable({}), url, 200, 'OK'));
    host.on('navigated-in-page', (url) => this.emit('did-navigate-in-page', preventable({}), url, true));
    host.on('window-open', (url) => this.askForWindow(url));
    host.on('console', (call) => this.reportConsole(call));
    host.on('crashed', () => {
      this.crashed = true;
      this.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 5 });
    });
  }

  private receive(message: ToMain): void {
    if (this.destroyed) return;
    if (message.kind === 'files') this.host.answerPaths(message.id, message.count);
    else if (message.kind === 'send') ipcMain.receive(this, message.channel, message.args);
    else if (message.kind === 'invoke') {
      void ipcMain.answer(this, message.channel, message.args).then((answer) => {
        this.host.post({ kind: 'reply', id: message.id, ...answer });
      });
    } else {
      process.stderr.write(`The preload failed: ${message.stack}\n`);
      this.emit('preload-error', preventable({}), this.options.preload, new Error(message.message));
    }
  }

  private allowsNavigation(url: string, isMainFrame: boolean, isRedirect: boolean): boolean {
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: null, initiator: null });
    if (isRedirect) this.emit('will-redirect', event, url, false, isMainFrame);
    else {
      this.emit('will-frame-navigate', event);
      if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, url, false, true);
    }
    return !event.defaultPrevented;
  }

  private askForWindow(url: string): void {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    };
    const { action } = this.windowOpenHandler(details as Electron.HandlerDetails);
    if (action === 'allow') process.stderr.write(`The Electron stand-in opens no child windows: ${url}\n`);
  }

  private reportConsole({ type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload): void {
    const level = type === 'error' || type === 'warning' || type === 'debug' ? type : 'info';
    const message = args.map((each) => String(each.value ?? each.description ?? each.type)).join(' ');
    const { url = '', lineNumber = 0 } = stackTrace?.callFrames[0] ?? {};
    this.emit(
      'console-message',
      preventable({ level, message, lineNumber, sourceId: url, frame: this.mainFrame }),
    );
  }
}
strictStatics(WebContents);
