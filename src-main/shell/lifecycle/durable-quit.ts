import type { App } from 'electron';
import type { Log } from '../log.ts';

export interface DurableQuit {
  isQuitting(): boolean;
  /** Stops the work without quitting, for an end of the session that nothing can hold up. */
  stopNow(): Promise<void>;
}

/**
 * Holds every quit, however it was asked for, until the work has stopped durably; then lets it through.
 * @param stop ends what runs; called once
 */
export function installDurableQuit(
  app: Pick<App, 'on' | 'quit'>,
  stop: () => Promise<void>,
  log: Log,
): DurableQuit {
  let stopping: Promise<void> | null = null;
  let stopped = false;
  let isHeld = false;
  const stopNow = (): Promise<void> => {
    stopping ??= stop()
      .catch((cause: unknown) =>
        log('Stopping failed; what was running is recovered at the next start.', cause),
      )
      .finally(() => {
        stopped = true;
      });
    return stopping;
  };
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (isHeld) return;
    isHeld = true;
    void stopNow().then(() => app.quit());
  });
  // What a service manager, a logout or Ctrl-C sends is a quit like any other.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  return { isQuitting: () => stopping !== null, stopNow };
}
