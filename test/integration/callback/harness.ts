/** A receiver of callbacks on this machine. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedPost {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  posts: ReceivedPost[];
  /** Resolves when so many posts are in. */
  received(count: number): Promise<void>;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export const answerWith =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end();

/** Listens until the test ends. */
export async function startReceiver(answer: Answer = answerWith(200)): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posts.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    });
    for (const { count, resolve } of waiting) if (posts.length >= count) resolve();
    waiting = waiting.filter(({ count }) => posts.length < count);
    answer(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/done?token=a%20b`,
    posts,
    received: (count) =>
      new Promise((resolve) => (posts.length >= count ? resolve() : waiting.push({ count, resolve }))),
  };
}
