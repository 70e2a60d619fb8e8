/** Composition root of the desktop application, and of the command line that the packaged one answers. */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app } from 'electron';
import { createImports } from './adapters/documents/import-session.ts';
import { createWorkerImports } from './adapters/documents/worker-imports.ts';
import { SYSTEM_CLOCK } from './adapters/system-clock.ts';
import { checkRequest, checkResponse } from './adapters/validators/index.ts';
import { openWorkspace } from './adapters/workspace.ts';
import { processIo } from './cli/process-io.ts';
import { runCli } from './cli/run-cli.ts';
import { answerCommandLine } from './shell/answer-command-line.ts';
import { commandLineOf } from './shell/command-line.ts';
import { startDesktop } from './shell/desktop.ts';
import { logToStderr } from './shell/log.ts';
import { createSecretCipher } from './shell/secret-cipher.ts';
import { spawnHelperStarter } from './shell/spawn-helper-process.ts';

const builtDirectory = dirname(import.meta.dirname);
const startSpawnHelper = spawnHelperStarter(join(builtDirectory, 'main', 'spawn-helper.js'));
const commandLine = commandLineOf(process.argv, app.isPackaged);

if (commandLine === null) {
  startDesktop({
    builtDirectory,
    openWorkspace,
    startSpawnHelper,
    imports: createWorkerImports({
      startThread: () => new Worker(join(builtDirectory, 'main', 'import-worker.js')),
      createHere: () => createImports(SYSTEM_CLOCK.now),
    }),
    checkRequest,
    checkResponse,
    log: logToStderr,
  });
} else {
  // Not awaited: Electron becomes ready only once this module has run to its end.
  void answerCommandLine(commandLine, (argv) =>
    runCli(argv, {
      io: processIo(),
      openWorkspace,
      startSpawnHelper,
      secretCipher: createSecretCipher,
      version: app.getVersion(),
    }),
  );
}
