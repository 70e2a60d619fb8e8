/** The thread that imports are read in: `import-thread.ts` asks, and this answers from the imports that it has. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '#shared/app-error.ts';
import { toErrorValue } from '#shared/contract/result.ts';
import { createLeftovers } from '../export/leftovers.ts';
import { SYSTEM_CLOCK } from '../system-clock.ts';
import { createImports } from './import-session.ts';
import type { ImportCall, ImportWorkerData, ThreadMessage } from './import-thread.ts';

if (parentPort === null) throw new AppError('internal', 'Expected to be started as a thread.');
const port = parentPort;
const { leftovers } = workerData as ImportWorkerData;
const imports = createImports(SYSTEM_CLOCK.now, { leftovers: createLeftovers(leftovers) });
const send = (message: ThreadMessage): void => port.postMessage(message);

imports.onProgress((progress) => send({ kind: 'progress', progress }));
port.on('message', async ({ call, method, given }: ImportCall) => {
  try {
    const work = imports[method] as (...given: unknown[]) => Promise<unknown>;
    send({ kind: 'answer', call, value: await work(...given) });
  } catch (error) {
    send({ kind: 'error', call, error: toErrorValue(error) });
  }
});
send({ kind: 'ready' });
