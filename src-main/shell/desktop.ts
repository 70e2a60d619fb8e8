/** The desktop application: what is done before Electron is ready, and the wiring once it is. */
import { join } from 'node:path';
import { app, dialog, ipcMain, nativeTheme, session } from 'electron';
import { toErrorValue } from '#shared/contract/result.ts';
import { answerRequests } from '../adapters/control/answer-requests.ts';
import type { Imports } from '../adapters/documents/import-session.ts';
import { createExports, type Exports } from '../adapters/export/export-session.ts';
import { createReceiver, type Receiver } from '../adapters/receiver/receiver.ts';
import { SYSTEM_CLOCK } from '../adapters/system-clock.ts';
import type { OpenWorkspace, StartSpawnHelper, Workspace } from '../adapters/workspace-types.ts';
import { allHandlers } from './ipc/all-handlers.ts';
import type { HandlerContext } from './ipc/context.ts';
import { type CheckValue, createRouter, listen } from './ipc/router.ts';
import { isTrustedSender } from './ipc/trusted-sender.ts';
import { type DurableQuit, installDurableQuit } from './lifecycle/durable-quit.ts';
import { createWindowClosing } from './lifecycle/window-closing.ts';
import type { Log } from './log.ts';
import { loginShellPath } from './login-shell-path.ts';
import { installMenu } from './menu.ts';
import { startNotifications } from './notifications/notifications.ts';
import { gatherOpenedFiles, type OpenedFiles } from './opened-files.ts';
import { followPower, type Power } from './power.ts';
import { registerAppScheme, serveRenderer } from './protocol/app-protocol.ts';
import { pushRunner } from './runner-pushes.ts';
import { createSecretCipher } from './secret-cipher.ts';
import { denyPermissions } from './session-policy.ts';
import { systemProxies } from './system-proxies.ts';
import { dataDirectory, followUserDataSwitch } from './user-data.ts';
import { createMainWindow, type MainWindow } from './window/main-window.ts';

export interface DesktopOptions {
  /** Absolute path of the folder that holds `main`, `preload` and `renderer`, as built. */
  builtDirectory: string;
  openWorkspace: OpenWorkspace;
  startSpawnHelper: StartSpawnHelper;
  imports: Imports;
  checkRequest: CheckValue;
  checkResponse: CheckValue;
  log: Log;
}

/** The `appId` of electron-builder.yml: Windows shows notifications under no other name. */
const APP_USER_MODEL_ID = 'io.github.jobdeck.Jobdeck';

/** Starts the application, or brings the one that runs to the front. Call it before `ready`. */
export function startDesktop(options: DesktopOptions): void {
  followUserDataSwitch();
  const openedFiles = gatherOpenedFiles();
  if (!app.requestSingleInstanceLock({ files: openedFiles.given })) {
    app.exit(0);
    return;
  }
  app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId(APP_USER_MODEL_ID);
  registerAppScheme();
  app
    .whenReady()
    .then(() => openDesktop(options, openedFiles))
    .catch((cause: unknown) => refuseToStart(cause, options.log));
}

async function openDesktop(options: DesktopOptions, openedFiles: OpenedFiles): Promise<void> {
  const { builtDirectory, log } = options;
  const path = await loginShellPath(log);
  if (path !== null) process.env.PATH = path;

  let hasWindow = (): boolean => false;
  const secretCipher = createSecretCipher();
  const workspace = await options.openWorkspace({
    dataDirectory: dataDirectory(),
    inBackground: () => !hasWindow(),
    startSpawnHelper: options.startSpawnHelper,
    version: app.getVersion(),
    proxyFor: systemProxies(session.defaultSession),
    ...(secretCipher && { secretCipher }),
  });
  nativeTheme.themeSource = workspace.readSettings().theme;
  denyPermissions(session.defaultSession);
  serveRenderer(session.defaultSession.protocol, join(builtDirectory, 'renderer'), log);

  const window = createMainWindow({ preload: join(builtDirectory, 'preload', 'preload.cjs'), log });
  hasWindow = () => window.current() !== null;
  const exports = createExports(workspace, (problem) => log('What is left of an export stays.', problem));
  exports.onProgress((progress) => window.push('export:progressed', progress));
  const receiver = createReceiver({ now: SYSTEM_CLOCK.now });
  const { imports } = options;
  imports.onProgress((progress) => window.push('import:progressed', progress));
  const { quit, power } = live({ workspace, imports, exports, receiver, window, log });
  answerPage(
    options,
    {
      workspace,
      receiver,
      exports,
      imports,
      settingsChanged: power.look,
      currentWindow: window.current,
    },
    quit,
  );
  app.setAboutPanelOptions({ applicationName: app.getName(), applicationVersion: app.getVersion() });
  app.on('second-instance', window.show);
  app.on('activate', window.show);
  window.show();
  openedFiles.follow((paths) => window.showWith('files:opened', { paths }));
  await workspace.runner.start();
}

interface Parts {
  workspace: Workspace;
  imports: Imports;
  exports: Exports;
  receiver: Receiver;
  window: MainWindow;
  log: Log;
}

interface Live {
  quit: DurableQuit;
  power: Power;
}

/** Connects the runner's life to the window's and the machine's: notifications, power, closing, quitting, the menu. */
function live({ workspace, imports, exports, receiver, window, log }: Parts): Live {
  const { runner } = workspace;
  const readSettings = () => workspace.readSettings();
  const notifications = startNotifications({
    runner,
    readSettings,
    onClicked: (jobId) => (jobId === null ? window.show() : window.showWith('job:activated', { jobId })),
    log,
  });
  const stopPushes = pushRunner(runner, receiver, window.push);
  const power = followPower({ runner, readSettings });
  const stopAnswers = answerRequests(workspace, (error) => log('The command line is not answered.', error));
  const stop = async (): Promise<void> => {
    notifications.stop();
    stopPushes();
    power.stop();
    stopAnswers();
    await Promise.all([imports.closeAll(), exports.cancelAll(), receiver.stop(), workspace.close()]);
  };
  const quit = installDurableQuit(app, stop, log);
  const closing = createWindowClosing({
    app,
    platform: process.platform,
    runner,
    currentWindow: window.current,
    readSettings,
    rememberChoice: (whenClosed) => void workspace.writeSettings({ whenClosed }),
    tellBackground: notifications.tellBackground,
    isQuitting: quit.isQuitting,
    log,
  });
  window.onOpened((opened) => {
    closing.watch(opened);
    opened.on('session-end', () => void quit.stopNow()); // Windows ends a session without `before-quit`
  });
  installMenu(app, { choose: (command) => window.showWith('menu:chosen', { command }), quit: closing.quit });
  return { quit, power };
}

/** Answers the page's requests. */
function answerPage(
  { checkRequest, checkResponse, log }: DesktopOptions,
  context: HandlerContext,
  quit: DurableQuit,
): void {
  const handlers = allHandlers(context);
  const router = createRouter({
    handlers,
    isTrusted: (sender) => isTrustedSender(sender, context.currentWindow()?.webContents),
    checkRequest,
    checkResponse,
    isClosing: quit.isQuitting,
    log,
  });
  listen(ipcMain, handlers, router);
}

/** Without its data the application is nothing: it says why and ends, rather than show an empty window. */
function refuseToStart(cause: unknown, log: Log): void {
  log('The start failed.', cause);
  dialog.showErrorBox('Jobdeck cannot start', toErrorValue(cause).message);
  app.exit(1);
}
