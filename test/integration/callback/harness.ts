/** Receivers of callbacks on this machine, and the sender that they are tried with. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { DeliveryId } from '#shared/callback/delivery.ts';
import {
  type CallbackSenderOptions,
  createCallbackSender,
} from '../../../src-main/adapters/callback/callback-sender.ts';
import type { CallbackReport, CallbackRequest } from '../../../src-main/core/ports.ts';
import { testAuthority } from '../../fakes/http-server.ts';

export interface ReceivedPost {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  body: string;
}

export interface Receiver {
  url: string;
  port: number;
  posts: ReceivedPost[];
  /** How many connections were ever made. */
  connections(): number;
  /** Resolves when so many posts are in. */
  received(count: number): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export const answerWith =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);

/** Listens until the test ends. */
export async function startReceiver(answer: Answer = answerWith(200)): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  let connections = 0;
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    posts.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      bytes,
      body: bytes.toString('utf8'),
    });
    for (const { count, resolve } of waiting) if (posts.length >= count) resolve();
    waiting = waiting.filter(({ count }) => posts.length < count);
    answer(response, request);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/done?token=a%20b`,
    port,
    posts,
    connections: () => connections,
    received: (count) =>
      new Promise((resolve) => (posts.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
}

export const MESSAGE_ID = 'msg_0123456789abcdef0123456789abcdef' as DeliveryId;

const NEVER = new AbortController().signal;

/**
 * A sender that may go anywhere unless a test says otherwise; closed when the test ends. The system trusts the
 * authority of test/fixtures/tls, Node does not.
 */
export function openSender(options: Partial<CallbackSenderOptions> = {}) {
  const sender = createCallbackSender({
    version: '1.2.3',
    readTrust: async () => createSecureContext({ ca: testAuthority() }),
    ...options,
  });
  onTestFinished(() => sender.close());
  return {
    sender,
    post: (url: string, request: Partial<CallbackRequest> = {}, signal = NEVER): Promise<CallbackReport> =>
      sender.send({ id: MESSAGE_ID, url, body: '{"a":1}', mayGoLocal: true, ...request }, signal),
  };
}
