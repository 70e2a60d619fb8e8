import { shellPath } from 'shell-path';
import type { Log } from './log.ts';

/** A login shell that takes longer than this has a problem that must not become ours. */
const TIMEOUT_MS = 5000;

/**
 * The PATH of the person's login shell, on macOS: started from the Finder an application gets a minimal one, and
 * jobs would not find what a terminal finds. Null elsewhere, and where the shell does not answer.
 */
export async function loginShellPath(
  log: Log,
  platform: NodeJS.Platform = process.platform,
  ask: () => Promise<string | undefined> = shellPath,
): Promise<string | null> {
  if (platform !== 'darwin') return null;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS);
  });
  try {
    return (await Promise.race([ask(), timeout])) || null;
  } catch (cause) {
    log('The PATH of the login shell could not be read; jobs get the PATH of the application.', cause);
    return null;
  } finally {
    clearTimeout(timer);
  }
}
