import type { Protocol } from 'electron';
import { expect, it, vi } from 'vitest';
import { registerAppScheme, serveRenderer } from '../../../../src-main/shell/protocol/app-protocol.ts';

const registerSchemesAsPrivileged = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged } }));

it('registers a scheme that has storage, and no privilege beyond: no fetch, no service worker, no CSP bypass', () => {
  registerAppScheme();
  expect(registerSchemesAsPrivileged).toHaveBeenCalledExactlyOnceWith([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
});

it('serves that scheme and no other', () => {
  const handle = vi.fn();
  serveRenderer({ handle } as unknown as Protocol, '/out/renderer', () => {});
  expect(handle.mock.calls.map(([scheme]) => scheme)).toEqual(['app']);
});
