/** From a task to the request that its endpoint gets. */
import type { LlmTask } from '#shared/job/tasks.ts';
import { ExchangeFailure } from '../http/exchange-failure.ts';
import type { HttpRequest } from '../http/http-client.ts';
import { webAddress } from '../http/http-request.ts';
import { isObject, type JsonObject } from './json-value.ts';

export interface LlmRequest {
  request: HttpRequest;
  /** True where a stream is asked for. */
  streams: boolean;
}

/**
 * Asks for a stream where the endpoint has one and neither the task nor the request says no. What a stream can't carry
 * into the record is asked for as a whole: several choices, tool calls, log probabilities.
 * @throws ExchangeFailure `invalid-task`
 */
export function llmRequestOf(task: LlmTask, bearerToken: string | undefined): LlmRequest {
  const { request } = task;
  if (!isObject(request)) {
    throw new ExchangeFailure(
      'invalid-task',
      `Expected request to be an object with the body of the request, got ${JSON.stringify(request).slice(0, 100)}.`,
    );
  }
  const streams =
    task.endpoint !== 'embeddings' && task.stream !== false && request.stream !== false && isOneText(request);
  return {
    request: {
      url: addressOf(task),
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: streams ? 'text/event-stream' : 'application/json',
        ...(bearerToken !== undefined && { authorization: `Bearer ${bearerToken}` }),
      },
      body: JSON.stringify(bodyOf(task, request, streams)),
    },
    streams,
  };
}

function bodyOf({ endpoint }: LlmTask, request: JsonObject, streams: boolean): JsonObject {
  if (endpoint === 'embeddings') return request;
  if (!streams) return 'stream' in request ? { ...request, stream: false } : request;
  // Without it these two streams say nothing of usage; `responses` always does and knows no such option.
  const options = endpoint === 'responses' ? {} : { stream_options: { include_usage: true } };
  return { ...options, ...request, stream: true };
}

function isOneText({ n, tools, functions, logprobs, modalities, prompt }: JsonObject): boolean {
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== false;
  const isManyPrompts = Array.isArray(prompt) && prompt.length > 1 && typeof prompt[0] !== 'number';
  return (
    ![tools, functions, logprobs, modalities].some(isSet) &&
    !(typeof n === 'number' && n > 1) &&
    !isManyPrompts
  );
}

/** The endpoint below `base_url`, whose query (`?api-version=...`) is kept. */
function addressOf({ base_url, endpoint }: LlmTask): URL {
  if (base_url === undefined) {
    throw new ExchangeFailure(
      'invalid-task',
      'Expected base_url in the task, or agent_id with the id of a saved model profile, got neither.',
    );
  }
  const url = webAddress(base_url, 'base_url');
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${endpoint}`;
  return url;
}
