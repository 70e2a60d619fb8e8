/** When a program's first byte of output arrives, without reading its output. */
import { type FSWatcher, statSync, watch } from 'node:fs';
import type { Disposer } from '#shared/contract/app-api.ts';

/** How often to look where the system does not tell of changes. */
const POLL_MS = 250;

/**
 * Calls `onFirstByte` once, when one of the files holds a byte. Costs nothing after that, however much is
 * written. Gives what ends the watch.
 */
export function watchFirstByte(paths: readonly string[], onFirstByte: () => void): Disposer {
  const watchers: FSWatcher[] = [];
  let poll: NodeJS.Timeout | undefined;
  let over = false;

  const stop = () => {
    over = true;
    clearInterval(poll);
    for (const watcher of watchers.splice(0)) watcher.close();
  };
  const look = () => {
    if (over || !paths.some(holdsBytes)) return;
    stop();
    onFirstByte();
  };
  const startPolling = () => {
    if (over || poll !== undefined) return;
    poll = setInterval(look, POLL_MS);
    poll.unref();
  };

  try {
    for (const path of paths) {
      const watcher = watch(path, { persistent: false }, look);
      watchers.push(watcher);
      watcher.on('error', startPolling);
    }
  } catch {
    // The system has no watch left to give (inotify's limit): looking now and then is less exact, not wrong.
    startPolling();
  }
  // Elsewhere than on Linux a change may be told only once the writer closes the file.
  if (process.platform !== 'linux') startPolling();
  return stop;
}

function holdsBytes(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
