/**
 * The stand-in's entry. Run by the `electron` launcher beside it, as
 * `node main.ts EXECUTABLE [Electron's arguments...]`.
 */
import { open as openInspector } from 'node:inspector';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './api/app.ts';
import { namedApp, packagedApp, packagedResources } from './app-folder.ts';
import { parseCommandLine } from './command-line.ts';
import { dialog } from './exports.ts';
import { installModuleHooks } from './module-hooks.ts';
import { browser, setRuntime } from './runtime.ts';

const { version: electronVersion } = createRequire(import.meta.url)(
  '../../node_modules/electron/package.json',
) as { version: string };

const [executable = 'electron', ...args] = process.argv.slice(2);
const resources = packagedResources(executable);
const { requires, appPath, switches } = parseCommandLine(args, resources !== null);
// Electron keeps what is loaded first for itself.
process.argv = [executable, ...args.filter((each, at) => each !== '-r' && args[at - 1] !== '-r')];

const inspectorPort = switches.get('inspect');
if (inspectorPort !== undefined) openInspector(Number(inspectorPort || '9229'));

const folder = resources === null ? namedApp(appPath ?? '.') : await packagedApp(resources);
setRuntime({
  folder,
  executable: resolve(executable),
  switches,
  isPreview: process.env.JOBDECK_PREVIEW === '1',
  userData: () => app.getPath('userData'),
});
Object.defineProperties(process.versions, {
  electron: { value: electronVersion, enumerable: true },
  chrome: { value: '153.0.0.0', enumerable: true },
});
Object.assign(process, { type: 'browser', resourcesPath: folder.resourcesPath });
if (!folder.isPackaged) Object.assign(process, { defaultApp: true });

process.on('uncaughtException', (error) => {
  // Electron says so in a dialog and goes on, unless the application listens itself.
  if (process.listenerCount('uncaughtException') > 1) return;
  dialog.showErrorBox('A JavaScript error occurred in the main process', error.stack ?? String(error));
});
process.on('unhandledRejection', (reason) =>
  process.stderr.write(`Unhandled rejection: ${String(reason)}\n`),
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.listenerCount(signal) === 1 && app.quit());
}

installModuleHooks();
const require = createRequire(pathToFileURL(folder.main));
for (const file of requires) require(resolve(file));
await import(pathToFileURL(folder.main).href);
// As in Electron, switches and the user data folder are what the main module made of them.
if (switches.has('remote-debugging-port')) await browser();
app.becomeReady();
