/**
 * What OpenAI-compatible servers write, byte for byte: streams, whole answers and errors, with what differs between them.
 * After their documents and sources, as of autumn 2026.
 */
import type { LlmTask } from '#shared/job/tasks.ts';

export const FLAVOURS = ['openai', 'ollama', 'llama.cpp', 'vllm', 'lm-studio'] as const;
export type Flavour = (typeof FLAVOURS)[number];
export type Endpoint = LlmTask['endpoint'];

export interface Reply {
  /** The answer, token by token. */
  tokens: readonly string[];
  reasoning?: readonly string[];
  finishReason?: string;
  /** Dimensions of each embedding. */
  dimensions?: number;
}

export interface ModelError {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const CREATED = 1_790_000_000;
const MODEL = 'test-model';

export function usageOf({ tokens, reasoning = [] }: Reply) {
  const completion_tokens = tokens.length + reasoning.length;
  return { prompt_tokens: 12, completion_tokens, total_tokens: 12 + completion_tokens };
}

const responsesUsage = (reply: Reply) => {
  const { prompt_tokens, completion_tokens, total_tokens } = usageOf(reply);
  return { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens };
};

const data = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

/** The whole body of a stream. */
export function streamOf(endpoint: Endpoint, flavour: Flavour, reply: Reply, includeUsage = true): string {
  return streamPieces(endpoint, flavour, reply, includeUsage).join('');
}

/** The same as the server writes it: one piece a write. */
export function streamPieces(
  endpoint: Endpoint,
  flavour: Flavour,
  reply: Reply,
  includeUsage = true,
): string[] {
  if (endpoint === 'responses') return responsesPieces(reply);
  return endpoint === 'completions'
    ? completionsPieces(flavour, reply, includeUsage)
    : chatPieces(flavour, reply, includeUsage);
}

/** Where a server has its reasoning, and what else it puts into a chunk. */
const CHAT: Record<Flavour, { first: object; reasoning: string; last: object; extra: object }> = {
  openai: {
    first: { role: 'assistant', content: '', refusal: null },
    reasoning: 'reasoning_content',
    last: {},
    extra: { service_tier: 'default', system_fingerprint: 'fp_1', obfuscation: 'xK2' },
  },
  ollama: {
    first: { role: 'assistant', content: '' },
    reasoning: 'reasoning',
    last: { role: 'assistant', content: '' },
    extra: { system_fingerprint: 'fp_ollama' },
  },
  'llama.cpp': {
    first: { role: 'assistant', content: null },
    reasoning: 'reasoning_content',
    last: {},
    extra: { system_fingerprint: 'b6000-abcdef' },
  },
  vllm: {
    first: { role: 'assistant', content: '' },
    reasoning: 'reasoning',
    last: { content: '' },
    extra: {},
  },
  'lm-studio': {
    first: { role: 'assistant' },
    reasoning: 'reasoning_content',
    last: {},
    extra: { system_fingerprint: MODEL },
  },
};

function chatPieces(flavour: Flavour, reply: Reply, includeUsage: boolean): string[] {
  const { first, reasoning, last, extra } = CHAT[flavour];
  const base = {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: CREATED,
    model: MODEL,
    ...extra,
  };
  const chunk = (delta: object, finish_reason: string | null = null) =>
    data({
      ...base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
      ...(flavour === 'openai' && includeUsage && { usage: null }),
    });
  const timings = flavour === 'llama.cpp' ? { timings: { prompt_n: 12, predicted_per_second: 50.1 } } : {};
  return [
    ...(flavour === 'vllm' ? [': ping - 2026-11-24 15:00:00+00:00\r\n\r\n'] : []),
    chunk(first),
    ...(reply.reasoning ?? []).map((text) => chunk({ [reasoning]: text })),
    ...(flavour === 'llama.cpp' ? [':\n\n'] : []),
    ...reply.tokens.map((content) =>
      chunk(flavour === 'ollama' ? { role: 'assistant', content } : { content }),
    ),
    chunk(last, reply.finishReason ?? 'stop'),
    ...(includeUsage ? [data({ ...base, choices: [], usage: usageOf(reply), ...timings })] : []),
    'data: [DONE]\n\n',
  ];
}

function completionsPieces(flavour: Flavour, reply: Reply, includeUsage: boolean): string[] {
  const base = { id: 'cmpl-1', object: 'text_completion', created: CREATED, model: MODEL };
  const chunk = (text: string, finish_reason: string | null = null) =>
    data({ ...base, choices: [{ index: 0, text, logprobs: null, finish_reason }] });
  const stop = reply.finishReason ?? 'stop';
  const last = reply.tokens.length - 1;
  // OpenAI and vLLM end with the last token, the others with an empty one.
  const endsWithToken = flavour === 'openai' || flavour === 'vllm';
  return [
    ...reply.tokens.map((text, at) => chunk(text, endsWithToken && at === last ? stop : null)),
    ...(endsWithToken ? [] : [chunk('', stop)]),
    ...(includeUsage ? [data({ ...base, choices: [], usage: usageOf(reply) })] : []),
    'data: [DONE]\n\n',
  ];
}

function responsesPieces(reply: Reply): string[] {
  let sequence_number = 0;
  const event = (type: string, more: object) => {
    sequence_number += 1;
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number, ...more })}\n\n`;
  };
  const end = responsesWhole(reply);
  const item = { item_id: 'msg_1', output_index: 0, content_index: 0 };
  return [
    event('response.created', { response: { ...end, status: 'in_progress', output: [], usage: null } }),
    event('response.output_item.added', { output_index: 0, item: { type: 'message', content: [] } }),
    ...(reply.reasoning ?? []).map((delta) =>
      event('response.reasoning_summary_text.delta', { ...item, delta }),
    ),
    ...reply.tokens.map((delta) => event('response.output_text.delta', { ...item, delta, logprobs: [] })),
    event('response.output_text.done', { ...item, text: reply.tokens.join('') }),
    event(end.status === 'incomplete' ? 'response.incomplete' : 'response.completed', { response: end }),
  ];
}

function responsesWhole(reply: Reply) {
  const reason = reply.finishReason;
  return {
    id: 'resp_1',
    object: 'response',
    created_at: CREATED,
    status: reason === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    model: MODEL,
    output: [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      {
        type: 'message',
        id: 'msg_1',
        role: 'assistant',
        content: [{ type: 'output_text', text: reply.tokens.join(''), annotations: [] }],
      },
    ],
    usage: responsesUsage(reply),
  };
}

/** A whole answer. */
export function wholeOf(endpoint: Endpoint, reply: Reply, inputs = 1): object {
  const text = reply.tokens.join('');
  const finish_reason = reply.finishReason ?? 'stop';
  const base = { id: 'chatcmpl-1', created: CREATED, model: MODEL, usage: usageOf(reply) };
  switch (endpoint) {
    case 'chat/completions': {
      const message = {
        role: 'assistant',
        content: text,
        refusal: null,
        ...(reply.reasoning && { reasoning_content: reply.reasoning.join('') }),
      };
      return {
        ...base,
        object: 'chat.completion',
        choices: [{ index: 0, message, logprobs: null, finish_reason }],
      };
    }
    case 'completions':
      return {
        ...base,
        object: 'text_completion',
        choices: [{ index: 0, text, logprobs: null, finish_reason }],
      };
    case 'responses':
      return responsesWhole(reply);
    case 'embeddings': {
      const embedding = Array.from({ length: reply.dimensions ?? 4 }, (_, at) => at / 8);
      const list = Array.from({ length: inputs }, (_, index) => ({ object: 'embedding', index, embedding }));
      return { object: 'list', data: list, model: MODEL, usage: { prompt_tokens: 3, total_tokens: 3 } };
    }
  }
}

/** How each server says that a request is longer than its model's context. */
export const OVERFLOWS: Record<Flavour, ModelError> = {
  openai: {
    status: 400,
    body: {
      error: {
        message:
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9412 tokens. Please reduce the length of the messages.",
        type: 'invalid_request_error',
        param: 'messages',
        code: 'context_length_exceeded',
      },
    },
  },
  ollama: {
    status: 400,
    body: {
      error: {
        message: 'the input length exceeds the context length',
        type: 'invalid_request_error',
        param: null,
        code: null,
      },
    },
  },
  'llama.cpp': {
    status: 400,
    body: {
      error: {
        code: 400,
        message: 'request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9412,
        n_ctx: 8192,
      },
    },
  },
  vllm: {
    status: 400,
    body: {
      object: 'error',
      message:
        "This model's maximum context length is 8192 tokens. However, you requested 9412 tokens in the messages. Please reduce the length of the messages.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
  },
  'lm-studio': {
    status: 400,
    body: {
      error:
        'Trying to keep the first 9412 tokens when context the overflows. However, the model is loaded with context length of only 8192 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input',
    },
  },
};

/** How each server says that there is no such model. */
export const UNKNOWN_MODELS: Record<Flavour, ModelError> = {
  openai: {
    status: 404,
    body: {
      error: {
        message: 'The model `nope` does not exist or you do not have access to it.',
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found',
      },
    },
  },
  ollama: {
    status: 404,
    body: {
      error: {
        message: 'model "nope" not found, try pulling it first',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
  },
  'llama.cpp': {
    status: 400,
    body: { error: { code: 400, message: 'model not found', type: 'invalid_request_error' } },
  },
  vllm: {
    status: 404,
    body: {
      error: {
        message: 'The model `nope` does not exist.',
        type: 'NotFoundError',
        param: 'model',
        code: 404,
      },
    },
  },
  'lm-studio': {
    status: 404,
    body: { error: { message: 'Failed to load model "nope"', type: 'invalid_request_error' } },
  },
};

/** What each server writes when the model fails in the middle of a stream; Ollama ends it and says nothing. */
export const STREAM_ERRORS: Record<Flavour, string> = {
  openai: data({
    error: { message: 'The server had an error', type: 'server_error', param: null, code: null },
  }),
  ollama: '{"error":"The server had an error"}\n',
  'llama.cpp': `error: ${JSON.stringify({ code: 500, message: 'The server had an error', type: 'server_error' })}\n\n`,
  vllm: `${data({ error: { message: 'The server had an error', type: 'InternalServerError', code: 500 } })}data: [DONE]\n\n`,
  'lm-studio': `event: error\n${data({ error: { message: 'The server had an error' }, message: 'The server had an error' })}`,
};
