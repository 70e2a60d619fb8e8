/** Runs `llm` tasks against OpenAI-compatible endpoints: OpenAI, Ollama, llama.cpp, vLLM, LM Studio. */
import type { JobErrorCode } from '#shared/job/error-codes.ts';
import type { LLM_ENDPOINTS, LlmTask } from '#shared/job/tasks.ts';
import type { AttemptReport } from '../../core/ports.ts';
import { factsOf } from '../http/answer-facts.ts';
import { type Exchange, runExchange, type Verdict } from '../http/exchange.ts';
import { mediaType } from '../http/headers.ts';
import type { HttpClient } from '../http/http-client.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import type { OutputStore } from '../output/output-store.ts';
import type { PreparedExecutor, PreparedSpec } from '../tasks/prepared-spec.ts';
import type { AnswerFormat } from './answer-part.ts';
import { chatFormat, completionsFormat } from './chat-format.ts';
import { embeddingsFormat } from './embeddings-format.ts';
import { llmRequestOf } from './llm-request.ts';
import { readRefusal } from './read-refusal.ts';
import { readStream } from './read-stream.ts';
import { readWhole } from './read-whole.ts';
import { responsesFormat } from './responses-format.ts';

export interface LlmExecutorOptions {
  client: HttpClient;
  outputs: OutputStore;
}

/** An executor for tasks of kind `llm`. Nothing of them outlives Jobdeck, and none can be stopped and go on. */
export function createLlmExecutor({ client, outputs }: LlmExecutorOptions): PreparedExecutor {
  return {
    async run(spec, signal) {
      await client.ready();
      const report = await runExchange(spec, signal, outputs, async (exchange) => {
        const { task } = spec;
        if (task.kind !== 'llm') {
          const message = `Expected a task of kind llm, got ${task.kind}.`;
          return { outcome: 'failed', error: { code: 'invalid-task', message } };
        }
        return askModel(client, task, spec, exchange);
      });
      return withStopReason(report);
    },
    reap: async () => ({ survivors: [] }),
    suspend: async () => false,
    resume: async () => false,
  };
}

const FORMATS: Readonly<Record<(typeof LLM_ENDPOINTS)[number], AnswerFormat>> = {
  'chat/completions': chatFormat,
  completions: completionsFormat,
  responses: responsesFormat,
  embeddings: embeddingsFormat,
};

async function askModel(
  client: HttpClient,
  task: LlmTask,
  { bearerToken, redact }: PreparedSpec,
  exchange: Exchange,
): Promise<Verdict> {
  const { request, streams } = llmRequestOf(task, bearerToken);
  const answer = await client.send(request, exchange.signal);
  exchange.result = factsOf(answer);
  if (answer.status < 200 || answer.status > 299) {
    const verdict = await readRefusal(answer, { hasToken: bearerToken !== undefined, redact }, exchange);
    const wait = retryAfterMs(answer.headers, Date.now());
    return wait === undefined ? verdict : { ...verdict, retryAfterMs: wait };
  }
  const format = FORMATS[task.endpoint];
  // A server that knows no streams answers as a whole.
  const type = mediaType(answer.headers);
  if (type === 'text/event-stream' || (streams && type !== 'application/json')) {
    return readStream(answer, format, redact, exchange);
  }
  return readWhole(answer, format, { redact, keepsJson: task.endpoint === 'embeddings' }, exchange);
}

/** What the endpoint, or the way to it, is to blame for. */
const ENDPOINT_CODES: readonly JobErrorCode[] = ['network', 'timeout', 'tls', 'too-large'];

function withStopReason(report: AttemptReport): AttemptReport {
  if (report.stopReason !== undefined || report.error === undefined) return report;
  return ENDPOINT_CODES.includes(report.error.code) ? { ...report, stopReason: 'llm_api_error' } : report;
}
