/** What a page of ours may ask of the browser, and where it may go: next to nothing, and nowhere. */
import type { Session, WebContents } from 'electron';
import { WINDOW_URL } from './app-origin.ts';
import type { Log } from './log.ts';

/** Copying text with a button (pasting needs no permission), and keeping the history where the disk runs short. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'persistent-storage']);

/** Denies every permission but those the page needs, asked for or looked up. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(ALLOWED_PERMISSIONS.has(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission));
}

/** Keeps any page where it is: no navigation, no new window, no webview. Reloading itself stays possible. */
export function confine(contents: WebContents, log: Log): void {
  contents.on('will-navigate', refuseOtherPages);
  contents.on('will-frame-navigate', refuseOtherPages);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log(`A new window was refused: ${url}`);
    return { action: 'deny' };
  });

  function refuseOtherPages(details: Navigation): void {
    if (!details.isMainFrame || withoutFragment(details.url) !== WINDOW_URL) refuse(details);
  }

  function refuse(details: Navigation): void {
    details.preventDefault();
    log(`A navigation was refused: ${details.url}`);
  }
}

interface Navigation {
  url: string;
  isMainFrame: boolean;
  preventDefault: () => void;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
