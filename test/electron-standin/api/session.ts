/** `session` and `protocol`: which requests a page may make, who answers them, and which permissions it has. */

import type { RequestRules, SchemeHandler } from '../chromium/requests.ts';
import { isRegistered, registerScheme } from '../chromium/scheme-mapping.ts';
import { browser } from '../runtime.ts';
import { Strict, StrictEmitter, strictModule } from '../strict.ts';

export type ProtocolKeys = 'handle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged' | 'unhandle';
export type SessionKeys =
  | 'clearCache'
  | 'clearStorageData'
  | 'protocol'
  | 'resolveProxy'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'webRequest';
export type WebRequestKeys = 'onBeforeRequest';

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];

class Protocol extends Strict implements Pick<Electron.Protocol, ProtocolKeys> {
  readonly handlers = new Map<string, SchemeHandler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard && privileges.secure) registerScheme(scheme);
    }
  }
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!isRegistered(scheme)) {
      throw new Error(
        `The Electron stand-in serves only schemes that are registered as standard and secure before ready; '${scheme}' is not.`,
      );
    }
    if (this.handlers.has(scheme)) throw new Error(`The scheme '${scheme}' has been intercepted`);
    this.handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }
}

class WebRequest extends Strict {
  listener: BeforeRequest | null = null;

  onBeforeRequest(...args: [BeforeRequest | null] | [Electron.WebRequestFilter, BeforeRequest | null]): void {
    if (args.length === 2) throw new Error('The Electron stand-in knows no filter of onBeforeRequest.');
    this.listener = args[0];
  }
}

class Session extends StrictEmitter {
  protected readonly events = ['will-download'];
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  private check: PermissionCheck = null;
  private request: PermissionRequest = null;

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.check = handler;
  }
  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.request = handler;
  }
  setSpellCheckerEnabled(): void {}
  async clearCache(): Promise<void> {}
  /** As on a system whose settings name no proxy. */
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT';
  }
  async clearStorageData(): Promise<void> {
    throw new Error(
      'The Electron stand-in does not clear storage: give the spec a user data folder of its own.',
    );
  }

  /** True where neither handler says no. Chromium is told before a page loads, not when it asks. */
  grants(permission: string, origin: string): boolean {
    const name = permission as Parameters<NonNullable<PermissionCheck>>[1];
    if (this.check && !this.check(null, name, origin, { isMainFrame: true })) return false;
    let granted = true;
    const answer = (isGranted: boolean): void => {
      granted = isGranted;
    };
    const details = { isMainFrame: true, requestingUrl: origin } as never;
    this.request?.(null as never, permission as never, answer, details);
    return granted;
  }
}

const defaultSession = new Session();

export type { Protocol, Session, WebRequest };
export const protocol = defaultSession.protocol;
export const session = strictModule('session', { defaultSession });

/** Chromium's names for what a page may be allowed, by Electron's. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  notifications: ['notifications'],
  'persistent-storage': ['persistent-storage'],
};

const decided = new Set<string>();

/** Tells Chromium what this origin may do, once. */
async function decidePermissions(mappedOrigin: string, origin: string): Promise<void> {
  if (decided.has(origin)) return;
  decided.add(origin);
  const { connection } = await browser();
  for (const [name, browserNames] of Object.entries(PERMISSIONS)) {
    const setting = defaultSession.grants(name, origin) ? 'granted' : 'denied';
    for (const permission of browserNames) {
      const parameters = { permission: { name: permission }, setting, origin: mappedOrigin } as const;
      await connection.browser.send('Browser.setPermission', parameters);
    }
  }
}

/** What the default session says about a page's requests. */
export function requestRules(webContentsId: () => number): Omit<RequestRules, 'allowsNavigation'> {
  return {
    handlerOf: (scheme) => protocol.handlers.get(scheme),
    async beforeRequest(url, paused) {
      if (paused.resourceType === 'Document' && isRegistered(new URL(url).protocol.slice(0, -1))) {
        const { protocol: scheme, host } = new URL(url);
        await decidePermissions(new URL(paused.request.url).origin, `${scheme}//${host}`);
      }
      const { listener } = defaultSession.webRequest;
      if (listener === null) return {};
      const { method } = paused.request;
      const resourceType =
        paused.resourceType === 'Document' ? 'mainFrame' : paused.resourceType.toLowerCase();
      const details = { id: 0, url, method, webContentsId: webContentsId(), resourceType };
      return new Promise((resolve) => listener(details as never, resolve));
    },
  };
}
