/** A small application that uses each part of Electron's API that the specs of the stand-in ask about. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  protocol,
  session,
  utilityProcess,
} from 'electron';

const directory = import.meta.dirname;
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'";
const TYPES = { html: 'text/html', js: 'text/javascript' };

const log = [];
globalThis.selfTest = { log };

app.setPath('userData', app.commandLine.getSwitchValue('user-data-dir'));
if (!app.requestSingleInstanceLock()) {
  app.exit(7);
} else {
  app.on('second-instance', (_event, argv) => log.push(['second-instance', argv.at(-2)]));
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  app.whenReady().then(start);
}

async function start() {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.protocol.handle('app', async (request) => {
    const name = new URL(request.url).pathname.slice(1);
    if (!['index.html', 'page.js', 'worker.js'].includes(name)) return new Response(null, { status: 404 });
    const headers = { 'Content-Type': TYPES[name.split('.').at(-1)], 'Content-Security-Policy': CSP };
    return new Response(await readFile(join(directory, name)), { headers });
  });

  ipcMain.handle('echo', (_event, ...args) => args);
  ipcMain.handle('fail', () => {
    throw new TypeError('no');
  });
  ipcMain.handle('sender', ({ sender, senderFrame }) => ({
    isWindow: sender === BrowserWindow.getAllWindows()[0].webContents,
    url: senderFrame.url,
    origin: senderFrame.origin,
    isTop: senderFrame.parent === null,
  }));
  ipcMain.handle('open-dialog', () => dialog.showOpenDialog({ properties: ['openFile'] }));
  ipcMain.handle('notify', (_event, title) => {
    const notification = new Notification({ title, body: 'Body' });
    notification.on('click', () => log.push(['clicked', title]));
    notification.show();
  });
  ipcMain.handle('theme', (_event, theme) => {
    nativeTheme.themeSource = theme;
  });
  ipcMain.handle('utility', (_event, value) => askUtility(value));
  ipcMain.on('ping', (event, value) => event.sender.send('pong', value));

  const click = () => log.push(['menu']);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([{ label: 'File', submenu: [{ label: 'New job', click }] }]),
  );

  const window = new BrowserWindow({
    width: 900,
    height: 640,
    show: false,
    webPreferences: { preload: join(directory, 'preload.cjs'), sandbox: true, contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event, url) => {
    log.push(['will-navigate', url]);
    event.preventDefault();
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    log.push(['window-open', url]);
    return { action: 'deny' };
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.push(['render-process-gone', reason]);
    window.webContents.reload();
  });
  window.webContents.on('did-finish-load', () => log.push(['did-finish-load']));
  await window.loadURL('app://self-test/index.html');
}

function askUtility(value) {
  const child = utilityProcess.fork(join(directory, 'utility.js'));
  return new Promise((resolve) => {
    child.once('message', (answer) => {
      child.once('exit', (code) => resolve({ answer, code }));
      child.postMessage('end');
    });
    child.postMessage(value);
  });
}
