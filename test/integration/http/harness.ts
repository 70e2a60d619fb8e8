/** The HTTP executor over real files, for the tests beside this file. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import { newJobId } from '#shared/job/job-id.ts';
import type { HttpTask, Task } from '#shared/job/tasks.ts';
import { createHttpClient, type HttpClient } from '../../../src-main/adapters/http/http-client.ts';
import { createHttpExecutor } from '../../../src-main/adapters/http/http-executor.ts';
import { createOutputStore, type OutputStore } from '../../../src-main/adapters/output/output-store.ts';
import type { PreparedExecutor, PreparedSpec } from '../../../src-main/adapters/tasks/prepared-spec.ts';
import type { AttemptReport } from '../../../src-main/core/ports.ts';
import { testAuthority } from '../../fakes/http-server.ts';

export type RunOptions = Partial<Omit<PreparedSpec, 'task'>> & { signal?: AbortSignal };

export interface ExchangeBench {
  outputs: OutputStore;
  client: HttpClient;
  run(task: Task, options?: RunOptions): Promise<AttemptReport>;
  /** The bytes in the output file of the last attempt. */
  output(stream?: 'stdout' | 'stderr'): Buffer;
}

type MakeExecutor = (parts: { client: HttpClient; outputs: OutputStore }) => PreparedExecutor;

/** Closed and removed when the test ends. The system trusts the authority of test/fixtures/tls, Node does not. */
export function openExchangeBench(makeExecutor: MakeExecutor): ExchangeBench {
  const directory = realpathSync.native(mkdtempSync(join(tmpdir(), 'jobdeck-http-')));
  const outputs = createOutputStore(directory);
  const client = createHttpClient({
    version: '1.2.3',
    readTrust: async () => createSecureContext({ ca: testAuthority() }),
  });
  onTestFinished(async () => {
    await client.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  });
  const executor = makeExecutor({ client, outputs });
  const jobId = newJobId('job', randomUUID);
  let attempt = 0;
  return {
    outputs,
    client,
    run(task, { signal = new AbortController().signal, ...options } = {}) {
      attempt += 1;
      const spec = { jobId, attempt, task, timeoutMs: null, killGraceMs: 0, redact: [], ...options };
      return executor.run(spec, signal);
    },
    output: (stream = 'stdout') => readFileSync(join(outputs.directoryFor({ jobId, attempt }), stream)),
  };
}

export const openBench = () => openExchangeBench(createHttpExecutor);

export const get = (url: string, more: Partial<HttpTask> = {}): HttpTask => ({ kind: 'http', url, ...more });

/** An abort in a while that a test chooses. */
export function aborter() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
