/** `app`: the application's life, its names and its folders. */
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeBrowser, runtime } from '../runtime.ts';
import { preventable, Strict, StrictEmitter } from '../strict.ts';
import { SingleInstance } from './single-instance.ts';

export type AppKeys =
  | 'commandLine'
  | 'disableHardwareAcceleration'
  | 'dock'
  | 'enableSandbox'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'whenReady';
export type CommandLineKeys = 'appendSwitch' | 'getSwitchValue' | 'hasSwitch';

/** Chromium has started, or starts later, with switches of its own: these are for the application to read. */
class CommandLine extends Strict implements Pick<Electron.CommandLine, CommandLineKeys> {
  appendSwitch(name: string, value = ''): void {
    runtime().switches.set(name, value);
  }
  hasSwitch(name: string): boolean {
    return runtime().switches.has(name);
  }
  getSwitchValue(name: string): string {
    return runtime().switches.get(name) ?? '';
  }
}

class App extends StrictEmitter implements Omit<Pick<Electron.App, AppKeys>, 'commandLine'> {
  protected readonly events = [
    ...['activate', 'before-quit', 'browser-window-blur', 'browser-window-created', 'browser-window-focus'],
    ...['child-process-gone', 'quit', 'ready', 'render-process-gone', 'second-instance'],
    ...['web-contents-created', 'will-finish-launching', 'will-quit', 'window-all-closed'],
  ];
  readonly commandLine = new CommandLine();
  readonly dock = undefined;
  private readonly paths = new Map<string, string>();
  private readonly becomesReady = Promise.withResolvers<void>();
  private ready = false;
  private quitting = false;
  private givenName: string | null = null;
  private instance: SingleInstance | null = null;
  /** The open windows, each of which can refuse to be closed. Set by the class that knows them. */
  windows: () => { closeUnlessPrevented: () => boolean; destroy: () => void }[] = () => [];

  get isPackaged(): boolean {
    return runtime().folder.isPackaged;
  }
  get name(): string {
    return this.getName();
  }
  set name(name: string) {
    this.givenName = name;
  }
  getName(): string {
    return this.givenName ?? runtime().folder.name;
  }
  setName(name: string): void {
    this.givenName = name;
  }
  getVersion(): string {
    return runtime().folder.version;
  }
  getAppPath(): string {
    return runtime().folder.path;
  }
  getLocale(): string {
    return 'en-US';
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const given = this.paths.get(name);
    if (given !== undefined) return given;
    const path = this.standardPath(name);
    if (name === 'userData' || name === 'sessionData' || name === 'logs')
      mkdirSync(path, { recursive: true });
    return path;
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  whenReady(): Promise<void> {
    return this.becomesReady.promise;
  }
  isReady(): boolean {
    return this.ready;
  }
  /** Called once the main module has run and whatever waits for a debugger has it. */
  becomeReady(): void {
    this.ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', preventable({}), {});
    this.becomesReady.resolve();
  }

  requestSingleInstanceLock(additionalData?: unknown): boolean {
    this.instance ??= new SingleInstance(this.getPath('userData'), (argv, directory, data) =>
      this.emit('second-instance', preventable({}), argv, directory, data),
    );
    return this.instance.acquire(additionalData);
  }
  releaseSingleInstanceLock(): void {
    this.instance?.release();
  }

  quit(): void {
    if (this.quitting) return;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.quitting = true;
    setImmediate(() => {
      const isClosed = this.windows().every((window) => window.closeUnlessPrevented());
      const last = preventable({});
      if (isClosed) this.emit('will-quit', last);
      if (!isClosed || last.defaultPrevented) this.quitting = false;
      else this.end(0);
    });
  }
  exit(exitCode = 0): void {
    this.quitting = true;
    for (const window of this.windows()) window.destroy();
    this.end(exitCode);
  }
  /** Electron quits then, unless the application listens and decides otherwise. */
  lastWindowClosed(): void {
    if (this.quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  setLoginItemSettings(): void {}
  focus(): void {}
  setBadgeCount(): boolean {
    return false;
  }

  private end(exitCode: number): void {
    this.emit('quit', preventable({}), exitCode);
    closeBrowser()
      .catch((error: unknown) => process.stderr.write(`Chromium did not end well: ${String(error)}\n`))
      .finally(() => {
        this.releaseSingleInstanceLock();
        process.exit(exitCode);
      });
  }

  private standardPath(name: string): string {
    const home = homedir();
    const config = process.env.XDG_CONFIG_HOME ?? join(home, '.config');
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return config;
      case 'userData':
      case 'sessionData':
        return runtime().switches.get('user-data-dir') || join(config, runtime().folder.name);
      case 'temp':
        return tmpdir();
      case 'exe':
        return runtime().executable;
      case 'logs':
        return join(this.getPath('userData'), 'logs');
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(home, name.charAt(0).toUpperCase() + name.slice(1));
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
}

export type { App };
export const app = new App();
