/** Files that the system, or a command line, hands to the application: double clicked, dropped on its icon, or named. */
import { app } from 'electron';
import { filesOfCommandLine } from './command-line.ts';

export interface OpenedFiles {
  /** What this process was started with, absolute: handed to the instance that runs, where there is one. */
  readonly given: readonly string[];
  /** Tells of all that came until now, and from now on. */
  follow(open: (paths: string[]) => void): void;
}

/** macOS tells of files one by one: those of one gesture are opened together. */
const GATHERED_MS = 100;

/** Call it before `ready`: macOS tells of files early (https://www.electronjs.org/docs/latest/api/app#event-open-file-macos). */
export function gatherOpenedFiles(): OpenedFiles {
  const given = filesOfCommandLine(process.argv, app.isPackaged ? null : app.getAppPath(), process.cwd());
  let waiting: string[] = [];
  let open: ((paths: string[]) => void) | null = null;

  function flush(): void {
    const paths = waiting;
    if (open === null || paths.length === 0) return;
    waiting = [];
    open(paths);
  }

  if (process.platform === 'darwin') {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      if (waiting.push(path) === 1) setTimeout(flush, GATHERED_MS);
    });
  }

  return {
    given,
    follow(listener) {
      open = listener;
      waiting.push(...given);
      flush();
      app.on('second-instance', (_event, _argv, _directory, data) => {
        // Its `argv` may be in another order, and with more in it.
        const paths = pathsOf(data);
        if (paths.length > 0) listener(paths);
      });
    },
  };
}

/** What another process sent. */
function pathsOf(data: unknown): string[] {
  const files = typeof data === 'object' && data !== null && 'files' in data ? data.files : [];
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
