/** The `app://` scheme, from which the window's page comes. */
import { type Protocol, protocol } from 'electron';
import { APP_SCHEME } from '../app-origin.ts';
import type { Log } from '../log.ts';
import { fileServer } from './serve-file.ts';

/**
 * Gives `app://` an origin with storage. Has effect before `ready` alone: without `standard` and `secure` a
 * scheme has no IndexedDB.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built renderer under `app://`, from `root` and nowhere else. */
export function serveRenderer(target: Protocol, root: string, log: Log): void {
  target.handle(APP_SCHEME, fileServer(root, log));
}
