/** Composition root of the desktop application, and of the command line that the packaged one answers. */
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app } from 'electron';
import { createImports } from './adapters/documents/import-session.ts';
import type { ImportWorkerData } from './adapters/documents/import-thread.ts';
import { createWorkerImports } from './adapters/documents/worker-imports.ts';
import { createLeftovers, leftoversFolder } from './adapters/export/leftovers.ts';
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
import { dataDirectory } from './shell/user-data.ts';

const builtDirectory = dirname(import.meta.dirname);
const startSpawnHelper = spawnHelperStarter(join(builtDirectory, 'main', 'spawn-helper.js'));
const commandLine = commandLineOf(process.argv, app.isPackaged);

if (commandLine === null) {
  startDesktop({
    builtDirectory,
    openWorkspace,
    startSpawnHelper,
    imports: createWorkerImports({
      startThread: () => {
        const workerData: ImportWorkerData = { leftovers: leftoversFolder(dataDirectory()) };
        return new Worker(join(builtDirectory, 'main', 'import-worker.js'), { workerData });
      },
      createHere: () => {
        const leftovers = createLeftovers(leftoversFolder(dataDirectory()));
        return createImports(SYSTEM_CLOCK.now, { leftovers });
      },
      onProblem: (problem) => logToStderr('The thread that reads files to import failed.', problem),
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
