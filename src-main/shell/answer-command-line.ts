import { app } from 'electron';

/**
 * Commands that may open a data directory need the spawn helper and the keychain, which exist only once Electron is
 * ready.
 */
const OPENS_DATA: ReadonlySet<string> = new Set([
  'run',
  'resume',
  'add',
  'cancel',
  'retry-failed',
  'queue',
  'openai-batch',
]);

/**
 * Answers a command line and ends the application, without a window. The other commands do not wait for
 * Electron, so they also work on Linux where there is no display.
 * @param run gives the exit code
 */
export async function answerCommandLine(
  argv: readonly string[],
  run: (argv: readonly string[]) => Promise<number>,
): Promise<void> {
  app.on('window-all-closed', () => {}); // no window is the rule here, and no reason to quit
  app.on('before-quit', (event) => event.preventDefault()); // a signal is for the command: it stops its jobs first
  if (OPENS_DATA.has(argv[0] ?? '')) {
    app.disableHardwareAcceleration();
    await app.whenReady();
    app.dock?.hide();
  }
  app.exit(await run(argv));
}
