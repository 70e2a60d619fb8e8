import type { BrowserWindowConstructorOptions } from 'electron';

/** The page's own backgrounds, so that nothing flashes before its first paint. */
const BACKGROUND = { light: '#ffffff', dark: '#1a1b1e' };

export interface WindowAppearance {
  /** Absolute path of the built preload. */
  preload: string;
  dark: boolean;
}

/** How the window is made: a sandboxed page that has the bridge and nothing else of Electron or Node. */
export function windowOptions({ preload, dark }: WindowAppearance): BrowserWindowConstructorOptions {
  return {
    // Electron keeps bounds by this name, and puts a window that would be off every screen back onto one.
    name: 'main',
    windowStatePersistence: true,
    title: 'Jobdeck',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}
