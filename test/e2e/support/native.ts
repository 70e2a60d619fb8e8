/**
 * The parts of the desktop that a spec cannot touch: they are replaced in the main process, through Electron's
 * own module, so that the same helper works on every runtime.
 */
import type { ElectronApplication } from 'playwright/test';

/** The next open dialogs are answered with these paths, or closed. */
export async function answerOpenDialog(electron: ElectronApplication, paths: string[] | null): Promise<void> {
  await electron.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: filePaths === null, filePaths: filePaths ?? [] });
  }, paths);
}

/** The next save dialogs are answered with this path, or closed. */
export async function answerSaveDialog(electron: ElectronApplication, path: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: filePath === null, filePath: filePath ?? '' });
  }, path);
}

export interface ShownMessageBox {
  message: string;
  detail: string;
  buttons: string[];
}

type Recording = typeof globalThis & {
  recordedMessageBoxes?: ShownMessageBox[];
  recordedNotifications?: Electron.Notification[];
  recordedShellCalls?: ShellCall[];
};

/** The next message boxes are answered with the button of this label; one without it is a failure. */
export async function answerMessageBox(electron: ElectronApplication, button: string): Promise<void> {
  await electron.evaluate(({ dialog }, label) => {
    const recording = globalThis as Recording;
    recording.recordedMessageBoxes ??= [];
    const shown = recording.recordedMessageBoxes;
    const answer = async (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
      const { message, detail = '', buttons = ['OK'] } = args.at(-1) as Electron.MessageBoxOptions;
      shown.push({ message, detail, buttons });
      const response = buttons.indexOf(label);
      if (response < 0) throw new Error(`Expected a button '${label}', got ${JSON.stringify(buttons)}.`);
      return { response, checkboxChecked: false };
    };
    dialog.showMessageBox = answer;
  }, button);
}

/** The message boxes that `answerMessageBox` answered. */
export function shownMessageBoxes(electron: ElectronApplication): Promise<ShownMessageBox[]> {
  return electron.evaluate(() => (globalThis as Recording).recordedMessageBoxes ?? []);
}

/** From now on notifications are kept rather than shown. */
export async function recordNotifications(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ Notification }) => {
    const shown: Electron.Notification[] = [];
    (globalThis as Recording).recordedNotifications = shown;
    Notification.prototype.show = function show(this: Electron.Notification) {
      shown.push(this);
    };
  });
}

/** What the recorded notifications said, oldest first. */
export function shownNotifications(
  electron: ElectronApplication,
): Promise<{ title: string; body: string }[]> {
  return electron.evaluate(() =>
    ((globalThis as Recording).recordedNotifications ?? []).map(({ title, body }) => ({ title, body })),
  );
}

/** Clicks the newest notification whose title or body holds `text`. */
export async function clickNotification(electron: ElectronApplication, text: string): Promise<void> {
  await electron.evaluate((_electron, wanted) => {
    const shown = (globalThis as Recording).recordedNotifications ?? [];
    const found = shown.findLast(({ title, body }) => `${title}\n${body}`.includes(wanted));
    if (found === undefined)
      throw new Error(`Expected a notification with '${wanted}', got ${shown.length} others.`);
    found.emit('click');
  }, text);
}

export interface ShellCall {
  name: 'openExternal' | 'openPath' | 'showItemInFolder';
  argument: string;
}

/** From now on nothing is opened in other applications, but kept. */
export async function recordShell(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ shell }) => {
    const calls: ShellCall[] = [];
    (globalThis as Recording).recordedShellCalls = calls;
    shell.openExternal = async (argument) => void calls.push({ name: 'openExternal', argument });
    shell.showItemInFolder = (argument) => void calls.push({ name: 'showItemInFolder', argument });
    shell.openPath = async (argument) => {
      calls.push({ name: 'openPath', argument });
      return '';
    };
  });
}

export function shellCalls(electron: ElectronApplication): Promise<ShellCall[]> {
  return electron.evaluate(() => (globalThis as Recording).recordedShellCalls ?? []);
}

/** Chooses an item of the application menu by its label, wherever it stands. */
export async function chooseMenuItem(electron: ElectronApplication, label: string): Promise<void> {
  await electron.evaluate(({ Menu }, wanted) => {
    const find = (menu: Electron.Menu | null | undefined): Electron.MenuItem | undefined => {
      for (const item of menu?.items ?? []) {
        const found = item.label === wanted ? item : find(item.submenu);
        if (found) return found;
      }
      return undefined;
    };
    const item = find(Menu.getApplicationMenu());
    if (item === undefined) throw new Error(`There is no menu item '${wanted}'.`);
    item.click();
  }, label);
}

/**
 * Runs code in the page of the first window. Unlike a Playwright page this survives a crash of the page, and
 * `webContents.getURL()` has the application's own address on every runtime.
 */
export function evaluateInWindow<T>(electron: ElectronApplication, code: string): Promise<T> {
  return electron.evaluate(
    ({ BrowserWindow }, source) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source) as Promise<never>,
    code,
  ) as Promise<T>;
}

/** The address of the first window's page. */
export function windowUrl(electron: ElectronApplication): Promise<string> {
  return electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '',
  );
}

/** Kills the page's process. */
export async function crashPage(electron: ElectronApplication): Promise<void> {
  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}
