/** The executor of every kind of task, over one data directory. */
import type { Executor } from '../core/ports.ts';
import { createHttpClient } from './http/http-client.ts';
import { createHttpExecutor } from './http/http-executor.ts';
import { createLlmExecutor } from './llm/llm-executor.ts';
import type { OutputStore } from './output/output-store.ts';
import { createProcessExecutor } from './process/process-executor.ts';
import { createTaskExecutor } from './tasks/task-executor.ts';
import type { ProfileStore, ProxyFor, SecretStore, StartSpawnHelper } from './workspace-types.ts';

export interface ExecutorSources {
  outputs: OutputStore;
  secrets: SecretStore;
  profiles: ProfileStore;
  startSpawnHelper: StartSpawnHelper;
  /** Goes into the User-Agent. */
  version: string;
  proxyFor?: ProxyFor;
}

/** `close` ends what still runs: the helper with its processes, and the connections. */
export function openExecutors(sources: ExecutorSources): Executor & { close(): Promise<void> } {
  const { outputs, secrets, profiles, startSpawnHelper, version, proxyFor } = sources;
  const client = createHttpClient({ version, ...(proxyFor && { proxyFor }) });
  const process = createProcessExecutor({ startSpawnHelper, outputs });
  const executor = createTaskExecutor({
    process,
    http: createHttpExecutor({ client, outputs }),
    llm: createLlmExecutor({ client, outputs }),
    secrets,
    profiles,
  });
  return {
    ...executor,
    async close() {
      await Promise.all([process.close(), client.close()]);
    },
  };
}
