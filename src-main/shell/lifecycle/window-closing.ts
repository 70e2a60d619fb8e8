/** What closing the window means while jobs are not done: ask, keep them running, or stop them and quit. */
import type { App, BrowserWindow } from 'electron';
import type { Settings } from '#shared/contract/settings.ts';
import type { Runner } from '../../core/runner-types.ts';
import type { Log } from '../log.ts';
import { askAboutJobs } from './ask-about-jobs.ts';

export interface WindowClosingOptions {
  app: Pick<App, 'on' | 'quit'>;
  platform: NodeJS.Platform;
  runner: Pick<Runner, 'status' | 'idle'>;
  currentWindow: () => BrowserWindow | null;
  readSettings: () => Settings;
  rememberChoice: (whenClosed: 'keep-running' | 'quit') => void;
  tellBackground: (count: number) => void;
  isQuitting: () => boolean;
  log: Log;
}

export interface WindowClosing {
  /** Watches over the closing of this window. */
  watch(window: BrowserWindow): void;
  /** The person chose Quit: asks first where jobs would be stopped. */
  quit(): void;
}

export function createWindowClosing(options: WindowClosingOptions): WindowClosing {
  const { app, platform, runner, currentWindow, readSettings, isQuitting, log } = options;
  let answered: 'keep-running' | 'quit' | null = null;
  let asking = false;

  app.on('window-all-closed', () => {
    if (isQuitting()) return;
    const goesOn = platform === 'darwin' || (unfinished() > 0 && meaning() === 'keep-running');
    answered = null;
    if (!goesOn) app.quit();
    else if (unfinished() > 0) goOnWithoutWindow();
  });

  return {
    watch(window) {
      answered = null;
      window.on('close', (event) => {
        if (isQuitting() || platform === 'darwin' || unfinished() === 0 || meaning() !== 'ask') return;
        event.preventDefault();
        ask(window, true);
      });
    },
    quit() {
      if (unfinished() === 0 || readSettings().whenClosed !== 'ask') app.quit();
      else ask(currentWindow(), false);
    },
  };

  function unfinished(): number {
    const { running, pending } = runner.status();
    return running + pending;
  }

  function meaning(): Settings['whenClosed'] {
    return answered ?? readSettings().whenClosed;
  }

  function goOnWithoutWindow(): void {
    options.tellBackground(unfinished());
    if (platform === 'darwin') return;
    runner
      .idle()
      .then(() => {
        if (currentWindow() === null && !isQuitting()) app.quit();
      })
      .catch((cause: unknown) => log('Waiting for the jobs failed.', cause));
  }

  /** @param isClosing the window is being closed, rather than the application being quit */
  function ask(window: BrowserWindow | null, isClosing: boolean): void {
    if (asking) return;
    asking = true;
    askAboutJobs(window, unfinished(), isClosing)
      .then(({ choice, remember }) => {
        if (choice === 'cancel') return;
        if (remember) options.rememberChoice(choice);
        if (choice === 'quit') return app.quit();
        answered = choice;
        if (window !== null && !window.isDestroyed()) window.close();
      })
      .catch((cause: unknown) => log('The question about running jobs failed.', cause))
      .finally(() => {
        asking = false;
      });
  }
}
