/** What happens when the page's process dies or hangs. Jobs are not touched by it: they run in other processes. */
import { type BrowserWindow, dialog } from 'electron';
import type { Log } from '../log.ts';
import { crashGuard } from './crash-guard.ts';

/** Reloads the page once after a crash; a page that crashes again at once is left to the person. */
export function recoverPage(window: BrowserWindow, log: Log): void {
  const decide = crashGuard(() => performance.now());
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    log(`The window's page is gone (${details.reason}, exit code ${details.exitCode}).`);
    if (decide() === 'reload') window.webContents.reload();
    else void askAfterCrash(window, log);
  });
  window.webContents.on('unresponsive', () => log('The window does not respond.'));
  window.webContents.on('responsive', () => log('The window responds again.'));
}

async function askAfterCrash(window: BrowserWindow, log: Log): Promise<void> {
  try {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window has crashed twice in a row.',
      detail: 'Your jobs are not affected: they keep running, and their history is kept on disk.',
      buttons: ['Try again', 'Close the window'],
      defaultId: 0,
      cancelId: 1,
    });
    if (window.isDestroyed()) return;
    if (response === 0) window.webContents.reload();
    else window.close();
  } catch (cause) {
    log('The question after a crash could not be shown.', cause);
  }
}
