import { afterEach, expect, it, vi } from 'vitest';
import { loginShellPath } from '../../../src-main/shell/login-shell-path.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('asks the login shell on macOS', async () => {
  expect(
    await loginShellPath(
      () => {},
      'darwin',
      async () => '/opt/homebrew/bin:/usr/bin',
    ),
  ).toBe('/opt/homebrew/bin:/usr/bin');
});

it.each(['linux', 'win32'] as const)('asks nobody on %s', async (platform) => {
  const ask = vi.fn();
  expect(await loginShellPath(() => {}, platform, ask)).toBeNull();
  expect(ask).not.toHaveBeenCalled();
});

it('goes on without an answer from a shell that fails, and says so', async () => {
  const log = vi.fn();
  expect(await loginShellPath(log, 'darwin', () => Promise.reject(new Error('no shell')))).toBeNull();
  expect(log).toHaveBeenCalledOnce();
});

it('goes on without an answer from a shell that hangs', async () => {
  vi.useFakeTimers();
  const path = loginShellPath(
    () => {},
    'darwin',
    () => new Promise(() => {}),
  );
  await vi.runAllTimersAsync();
  expect(await path).toBeNull();
});
