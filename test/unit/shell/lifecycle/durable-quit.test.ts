import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DurableQuit, installDurableQuit } from '../../../../src-main/shell/lifecycle/durable-quit.ts';
import type { Log } from '../../../../src-main/shell/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** As Electron does: `quit` asks `before-quit`, and the application exits where nobody objects. */
class FakeApp extends EventEmitter {
  exited = false;
  quit(): void {
    let prevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented) this.exited = true;
  }
}

let app: FakeApp;
let stopped: PromiseWithResolvers<void>;
let stop: ReturnType<typeof vi.fn<() => Promise<void>>>;
let log: ReturnType<typeof vi.fn<Log>>;
let quit: DurableQuit;
const before = Object.fromEntries(SIGNALS.map((signal) => [signal, process.listeners(signal)]));

beforeEach(() => {
  app = new FakeApp();
  stopped = Promise.withResolvers();
  stop = vi.fn(() => stopped.promise);
  log = vi.fn<Log>();
  quit = installDurableQuit(app as unknown as App, stop, log);
});
afterEach(() => {
  for (const signal of SIGNALS) {
    for (const listener of process.listeners(signal)) {
      if (!before[signal]?.includes(listener)) process.off(signal, listener);
    }
  }
});

it('exits only after the work has stopped', async () => {
  expect(quit.isQuitting()).toBe(false);
  app.quit();
  expect(quit.isQuitting()).toBe(true);
  expect(app.exited).toBe(false);
  stopped.resolve();
  await vi.waitFor(() => expect(app.exited).toBe(true));
});

it('stops the work once, however often it is asked to quit', async () => {
  app.quit();
  app.quit();
  expect(app.exited).toBe(false);
  stopped.resolve();
  await vi.waitFor(() => expect(app.exited).toBe(true));
  expect(stop).toHaveBeenCalledOnce();
});

it('exits although stopping failed, and says so: the next start recovers', async () => {
  app.quit();
  stopped.reject(new Error('disk gone'));
  await vi.waitFor(() => expect(app.exited).toBe(true));
  expect(log).toHaveBeenCalledOnce();
});

it('stops the work at the end of a session, and lets a quit that follows through', async () => {
  const done = quit.stopNow();
  stopped.resolve();
  await done;
  app.quit();
  expect(app.exited).toBe(true);
  expect(stop).toHaveBeenCalledOnce();
});

it('takes a quit during the end of a session for one that must wait', async () => {
  void quit.stopNow();
  app.quit();
  expect(app.exited).toBe(false);
  stopped.resolve();
  await vi.waitFor(() => expect(app.exited).toBe(true));
});

it.each(SIGNALS)('takes %s for a quit', (signal) => {
  process.emit(signal);
  expect(stop).toHaveBeenCalledOnce();
});
