/** Electron's command line, as far as Playwright, electron-vite and people use it. */

export interface CommandLine {
  /** Modules to load before the application: `-r FILE`. */
  requires: string[];
  /** Folder or main file, as given; null for a packaged application, which brings its own. */
  appPath: string | null;
  /** Chromium's and Electron's switches, `--name=value` and `--name`. */
  switches: Map<string, string>;
}

/** Reads `args`, those after the executable. In a packaged application no argument names the application. */
export function parseCommandLine(args: readonly string[], isPackaged: boolean): CommandLine {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let appPath: string | null = null;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (!isPackaged && appPath === null && (argument === '-r' || argument === '--require')) {
      requires.push(args[++index] ?? '');
    } else if (argument.startsWith('--')) {
      const [name = '', ...value] = argument.slice(2).split('=');
      switches.set(name, value.join('='));
    } else if (!argument.startsWith('-') && appPath === null && !isPackaged) {
      appPath = argument;
    }
  }
  return { requires, appPath, switches };
}
