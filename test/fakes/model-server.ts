/**
 * A model server on this machine that speaks the wire format of the real ones. It answers with the words of what it is
 * asked, one token each, unless a test says something else.
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLM_ENDPOINTS } from '#shared/job/tasks.ts';
import {
  type Endpoint,
  type Flavour,
  type ModelError,
  type Reply,
  streamPieces,
  wholeOf,
} from './model-wire.ts';

export interface ModelCall {
  endpoint: Endpoint;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export interface ModelServer {
  /** With `/v1` at its end. */
  baseUrl: string;
  calls: ModelCall[];
  close(): void;
}

export interface ModelServerOptions {
  flavour?: Flavour;
  /** What is answered; the words of the question where undefined. */
  reply?: (call: ModelCall) => Partial<Reply> | ModelError | undefined;
  /** Takes the answer over, before anything of it is written; false where it does not. */
  takeOver?: (response: ServerResponse, call: ModelCall) => boolean;
}

export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const calls: ModelCall[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const endpoint = LLM_ENDPOINTS.find((name) => request.url?.split('?')[0] === `/v1/${name}`);
    if (endpoint === undefined || request.method !== 'POST') {
      return notFound(response, options.flavour ?? 'openai', `${request.method} ${request.url}`);
    }
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const call = { endpoint, headers: request.headers, body };
    calls.push(call);
    if (options.takeOver?.(response, call) !== true) await answer(response, call, options);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  response: ServerResponse,
  call: ModelCall,
  { flavour = 'openai', reply: replyTo }: ModelServerOptions,
): Promise<void> {
  const chosen = replyTo?.(call);
  if (chosen !== undefined && 'status' in chosen) return sendJson(response, chosen);
  const reply: Reply = { tokens: wordsOf(call.body), ...chosen };
  response.setHeader('x-request-id', 'req_1');
  const { stream, stream_options, input } = call.body;
  if (stream !== true) {
    return sendJson(response, {
      status: 200,
      body: wholeOf(call.endpoint, reply, Array.isArray(input) ? input.length : 1),
    });
  }
  const includeUsage = (stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  for (const piece of streamPieces(call.endpoint, flavour, reply, includeUsage)) {
    await new Promise<void>((resolve) => response.write(piece, () => resolve()));
  }
  response.end();
}

/** LM Studio answers 200 to what it does not know. */
function notFound(response: ServerResponse, flavour: Flavour, what: string): void {
  const isOddlyPolite = flavour === 'lm-studio';
  sendJson(response, {
    status: isOddlyPolite ? 200 : 404,
    body: isOddlyPolite ? { error: `Unexpected endpoint or method. (${what})` } : { detail: 'Not Found' },
  });
}

export function sendJson(response: ServerResponse, { status, body, headers }: ModelError): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** The words of the last message, the prompt or the input, each with the space after it. */
function wordsOf({ messages, prompt, input }: Record<string, unknown>): string[] {
  const last = Array.isArray(messages) ? (messages.at(-1) as { content?: unknown }).content : undefined;
  const text = [last, prompt, input].find((candidate) => typeof candidate === 'string');
  return (typeof text === 'string' ? text : 'Nothing was asked.').match(/\S+\s*/g) ?? [];
}
