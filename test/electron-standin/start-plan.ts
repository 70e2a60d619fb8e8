/** What `npm start` does with what it finds on the machine. */

export interface Surroundings {
  /** Electron's executable, or null. */
  electron: string | null;
  /** An installed Chromium or Chrome, or null. */
  chromium: string | null;
  hasDisplay: boolean;
}

export type StartPlan =
  | { kind: 'electron'; executable: string; message: null }
  | { kind: 'preview'; message: string }
  | { kind: 'nothing'; message: string };

const NO_ELECTRON = "Electron's runtime is not here and could not be downloaded";
const AGAIN = '`npx install-electron` tries the download again';

/** Electron where it is, else a preview in Chromium, else a sentence on what to do. */
export function planStart({ electron, chromium, hasDisplay }: Surroundings): StartPlan {
  if (!hasDisplay) {
    const message =
      'There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set). Start Jobdeck in a ' +
      'desktop session or under xvfb-run, or run jobs without a window: npm run -s job -- run FILE';
    return { kind: 'nothing', message };
  }
  if (electron !== null) return { kind: 'electron', executable: electron, message: null };
  if (chromium !== null) {
    const message = `${NO_ELECTRON}, so this is a preview window in ${chromium}; ${AGAIN}.`;
    return { kind: 'preview', message };
  }
  const message = `${NO_ELECTRON}, and there is no Chromium or Chrome for a preview window: ${AGAIN}, or install Chromium.`;
  return { kind: 'nothing', message };
}
