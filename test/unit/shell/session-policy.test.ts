import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WINDOW_URL } from '../../../src-main/shell/app-origin.ts';
import { confine, denyPermissions } from '../../../src-main/shell/session-policy.ts';

describe('denyPermissions', () => {
  let asked: (contents: null, permission: string, answer: (granted: boolean) => void) => void;
  let checked: (contents: null, permission: string) => boolean;
  beforeEach(() => {
    denyPermissions({
      setPermissionRequestHandler: (handler: typeof asked) => {
        asked = handler;
      },
      setPermissionCheckHandler: (handler: typeof checked) => {
        checked = handler;
      },
    } as unknown as Session);
  });

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'hid',
    'serial',
    'usb',
    'openExternal',
    'fileSystem',
    'fullscreen',
    'one that comes with a later Chromium',
  ])('denies %s, asked for or looked up', (permission) => {
    const answer = vi.fn();
    asked(null, permission, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(checked(null, permission)).toBe(false);
  });

  it.each(['clipboard-sanitized-write', 'persistent-storage'])('allows %s', (permission) => {
    const answer = vi.fn();
    asked(null, permission, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith(true);
    expect(checked(null, permission)).toBe(true);
  });
});

describe('confine', () => {
  let contents: EventEmitter & { openHandler: (details: { url: string }) => { action: string } };
  beforeEach(() => {
    const emitter = new EventEmitter();
    contents = Object.assign(emitter, {
      openHandler: () => ({ action: 'allow' }),
      setWindowOpenHandler(handler: typeof contents.openHandler) {
        contents.openHandler = handler;
      },
    });
    confine(contents as unknown as WebContents, () => {});
  });

  function isPrevented(event: string, details: { url?: string; isMainFrame?: boolean } = {}): boolean {
    const preventDefault = vi.fn();
    contents.emit(event, { url: 'https://example.com/', isMainFrame: true, ...details, preventDefault });
    return preventDefault.mock.calls.length > 0;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('prevents %s to elsewhere', (event) => {
    expect(isPrevented(event)).toBe(true);
  });

  it.each([
    'file:///etc/passwd',
    'app://jobdeck/other.html',
    'app://elsewhere/index.html',
    'javascript:alert(1)',
  ])('prevents a navigation to %s', (url) => {
    expect(isPrevented('will-navigate', { url })).toBe(true);
    expect(isPrevented('will-frame-navigate', { url })).toBe(true);
  });

  it('prevents any navigation of a frame inside the page', () => {
    expect(isPrevented('will-frame-navigate', { url: WINDOW_URL, isMainFrame: false })).toBe(true);
  });

  it('lets the page be loaded again, with a fragment or without', () => {
    expect(isPrevented('will-navigate', { url: WINDOW_URL })).toBe(false);
    expect(isPrevented('will-frame-navigate', { url: `${WINDOW_URL}#/x` })).toBe(false);
  });

  it('prevents webviews', () => {
    expect(isPrevented('will-attach-webview')).toBe(true);
  });

  it('denies new windows, our own page included', () => {
    expect(contents.openHandler({ url: WINDOW_URL })).toEqual({ action: 'deny' });
  });
});
