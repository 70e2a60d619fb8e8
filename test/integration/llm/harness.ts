/** The model executor over real files, for the tests beside this file. */
import { onTestFinished } from 'vitest';
import type { LlmTask } from '#shared/job/tasks.ts';
import { createLlmExecutor } from '../../../src-main/adapters/llm/llm-executor.ts';
import { type ModelServerOptions, startModelServer } from '../../fakes/model-server.ts';
import { openExchangeBench } from '../http/harness.ts';

export const openModelBench = () => openExchangeBench(createLlmExecutor);

/** Listens until the test ends. */
export async function serveModel(options: ModelServerOptions = {}) {
  const server = await startModelServer(options);
  onTestFinished(() => server.close());
  return server;
}

export const chat = (base_url: string, more: Partial<LlmTask> = {}): LlmTask => ({
  kind: 'llm',
  endpoint: 'chat/completions',
  base_url,
  request: { model: 'test-model', messages: [{ role: 'user', content: 'say a few words' }] },
  ...more,
});

/** Requests that each endpoint takes, all of which ask for "say a few words". */
export const REQUESTS = {
  'chat/completions': { model: 'test-model', messages: [{ role: 'user', content: 'say a few words' }] },
  completions: { model: 'test-model', prompt: 'say a few words' },
  responses: { model: 'test-model', input: 'say a few words' },
  embeddings: { model: 'test-model', input: 'say a few words' },
} as const;
