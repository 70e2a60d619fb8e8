/** One page in Chromium: made, prepared so that the preload runs first, navigated, crashed, closed. */
import { EventEmitter } from 'node:events';
import { BINDING_NAME, pageWorldScript, preloadWorldScript, WORLD_NAME } from '../page/page-scripts.ts';
import type { ToMain, ToPreload } from '../page/preload-world.ts';
import { createWire } from '../page/wire.ts';
import { browser } from '../runtime.ts';
import type { CdpSession } from './connection.ts';
import type { Chromium } from './launch.ts';
import type { Protocol } from './protocol.ts';
import { interceptRequests, type RequestRules } from './requests.ts';
import { fromChromium, toChromium } from './scheme-mapping.ts';

export interface PageHostOptions {
  preload: string | null;
  width: number;
  height: number;
  backgroundColor: string | null;
  rules: Omit<RequestRules, 'allowsNavigation'>;
  /** Asked for a navigation that the page wants; false where it was prevented. */
  allowsNavigation: (url: string, isMainFrame: boolean, isRedirect: boolean) => boolean;
  colorScheme: () => string;
}

interface PageEvents {
  message: [ToMain];
  'start-loading': [];
  'stop-loading': [];
  'dom-ready': [];
  loaded: [];
  failed: [code: string, url: string];
  navigated: [url: string];
  'navigated-in-page': [url: string];
  crashed: [];
  gone: [];
  console: [Protocol.Runtime.consoleAPICalledPayload];
  'window-open': [url: string];
}

export class PageHost extends EventEmitter<PageEvents> {
  private readonly options: PageHostOptions;
  private readonly wire = createWire();
  private readonly ready: Promise<CdpSession>;
  private chromium: Chromium | null = null;
  private preloadContext: string | null = null;
  /** Addresses that the application itself asked for: those need no permission. */
  private readonly asked: string[] = [];
  private closed = false;
  targetId: string | null = null;
  url = '';

  constructor(options: PageHostOptions) {
    super();
    this.options = options;
    this.ready = this.open();
    this.ready.catch((error: unknown) => {
      if (!this.closed) process.stderr.write(`The window could not be opened: ${String(error)}\n`);
    });
  }

  /** Resolves when the page has loaded, as Electron's `loadURL` does. */
  async load(address: string): Promise<void> {
    const session = await this.ready;
    const url = toChromium(address);
    this.asked.push(url);
    const loaded = this.nextLoad();
    const { errorText } = await session.send('Page.navigate', { url });
    if (errorText !== undefined) {
      this.emit('failed', errorText, address);
      throw Object.assign(new Error(`${errorText} loading '${address}'`), { code: errorText, url: address });
    }
    await loaded;
  }

  async reload(): Promise<void> {
    const session = await this.ready;
    this.asked.push(toChromium(this.url));
    await session.send('Page.reload');
  }

  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const session = await this.ready;
    const parameters = { expression, userGesture, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', parameters);
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** Sends to the preload; lost where there is no document with one. */
  post(message: ToPreload): void {
    const uniqueContextId = this.preloadContext;
    if (uniqueContextId === null) return;
    const expression = `standinReceive(${JSON.stringify(this.wire.write(message))})`;
    this.command((session) =>
      session.send('Runtime.evaluate', { expression, uniqueContextId, silent: true }),
    );
  }

  /** Answers the preload's question for the paths of the files it holds. */
  answerPaths(id: number, count: number): void {
    const uniqueContextId = this.preloadContext ?? undefined;
    this.command(async (session) => {
      const paths: string[] = [];
      for (let index = 0; index < count; index++) {
        const expression = `standinFiles${id}[${index}]`;
        const { result } = await session.send('Runtime.evaluate', { expression, uniqueContextId });
        const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId ?? '' });
        paths.push(path);
      }
      this.post({ kind: 'paths', id, paths });
    });
  }

  /** Does something to the page once it is there; that the page has gone meanwhile is no error. */
  command(action: (session: CdpSession, chromium: Chromium) => Promise<unknown>): void {
    this.ready
      .then((session) => this.chromium && action(session, this.chromium))
      .catch((error: unknown) => {
        if (
          this.closed ||
          /has ended|Target crashed|Cannot find context|uniqueContextId|Session with given id/u.test(
            String(error),
          )
        )
          return;
        process.stderr.write(`The window did not do as it was told: ${String(error)}\n`);
      });
  }

  async screenshot(): Promise<Buffer> {
    const session = await this.ready;
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.preloadContext = null;
    this.ready
      .then(() =>
        this.chromium?.connection.browser.send('Target.closeTarget', { targetId: this.targetId ?? '' }),
      )
      .catch(() => undefined); // it is gone already, and so is its window
  }

  private async open(): Promise<CdpSession> {
    const { width, height, preload, backgroundColor, colorScheme } = this.options;
    const chromium = await browser();
    this.chromium = chromium;
    chromium.onExit(() => this.emit('gone'));
    const { connection } = chromium;
    const targetId = await chromium.openWindow({ width, height });
    this.targetId = targetId;
    const { sessionId } = await connection.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const session = connection.session(sessionId);
    this.listen(session);
    connection.browser.on('Target.detachedFromTarget', (detached) => {
      if (detached.sessionId === sessionId) this.emit('gone');
    });
    const scripts = [
      { source: pageWorldScript() },
      { source: preloadWorldScript(preload), worldName: WORLD_NAME },
    ];
    await Promise.all([
      session.send('Page.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: BINDING_NAME, executionContextName: WORLD_NAME }),
      ...scripts.map((script) => session.send('Page.addScriptToEvaluateOnNewDocument', script)),
      interceptRequests(session, {
        ...this.options.rules,
        allowsNavigation: (paused) => this.allows(paused),
      }),
      this.interceptWorkers(session),
      session.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      session.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: colorScheme() }],
      }),
      ...(backgroundColor === null ? [] : [setBackground(session, backgroundColor)]),
    ]);
    return session;
  }

  private listen(session: CdpSession): void {
    const isMain = (frameId: string): boolean => frameId === this.targetId;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD_NAME && isMain(String(context.auxData?.frameId))) {
        this.preloadContext = context.uniqueId;
      }
    });
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === BINDING_NAME) this.emit('message', this.wire.read(payload) as ToMain);
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => isMain(frameId) && this.emit('start-loading'));
    session.on('Page.frameStoppedLoading', ({ frameId }) => isMain(frameId) && this.emit('stop-loading'));
    session.on('Page.domContentEventFired', () => this.url !== '' && this.emit('dom-ready'));
    session.on('Page.loadEventFired', () => this.url !== '' && this.emit('loaded'));
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return;
      this.url = fromChromium(frame.url + (frame.urlFragment ?? ''));
      this.emit('navigated', this.url);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (!isMain(frameId)) return;
      this.url = fromChromium(url);
      this.emit('navigated-in-page', this.url);
    });
    // What has another scheme than these never reaches the interception of requests.
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition !== 'currentTab' || /^(https?|about|javascript|blob):/u.test(url)) return;
      if (!this.options.allowsNavigation(url, isMain(frameId), false)) {
        this.command((page) => page.send('Page.stopLoading'));
      }
    });
    session.on('Page.windowOpen', ({ url }) => this.emit('window-open', fromChromium(url)));
    session.on('Inspector.targetCrashed', () => {
      this.preloadContext = null;
      this.emit('crashed');
    });
    session.on('Runtime.consoleAPICalled', (call) => this.emit('console', call));
  }

  private allows(paused: Protocol.Fetch.requestPausedPayload): boolean {
    if (paused.resourceType !== 'Document') return true;
    const isRedirect = paused.redirectedRequestId !== undefined;
    const { url, urlFragment = '' } = paused.request;
    const place = this.asked.indexOf(url + urlFragment);
    if (place >= 0 && !isRedirect) {
      this.asked.splice(0, place + 1);
      return true;
    }
    return this.options.allowsNavigation(
      fromChromium(url + urlFragment),
      paused.frameId === this.targetId,
      isRedirect,
    );
  }

  /** A worker has requests of its own: it waits until those are taken over. */
  private async interceptWorkers(session: CdpSession): Promise<void> {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      this.command(async (_page, { connection }) => {
        const worker = connection.session(sessionId);
        const rules = { ...this.options.rules, allowsNavigation: () => true };
        if (targetInfo.type !== 'page') await interceptRequests(worker, rules).catch(() => undefined); // its page's then
        await worker.send('Runtime.runIfWaitingForDebugger');
      });
    });
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
  }

  private nextLoad(): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error): void => {
        this.off('loaded', onLoaded);
        this.off('crashed', onCrashed);
        this.off('gone', onGone);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onLoaded = (): void => end();
      const onCrashed = (): void => end(new Error('ERR_FAILED: the page crashed while it loaded'));
      const onGone = (): void => end(new Error('ERR_ABORTED: the window was closed while it loaded'));
      this.on('loaded', onLoaded).on('crashed', onCrashed).on('gone', onGone);
    });
  }
}

async function setBackground(session: CdpSession, color: string): Promise<void> {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(color);
  if (match === null) return;
  const [r = 0, g = 0, b = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  await session.send('Emulation.setDefaultBackgroundColorOverride', { color: { r, g, b, a: 1 } });
}
