/** Receivers that take most of what comes, and now and then fail in every way that a receiver can. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface SeenPost {
  id: string;
  body: Buffer;
  /** It was answered with 2xx, whatever became of the rest of the answer. */
  isTaken: boolean;
}

export interface FaultyReceivers {
  urls: string[];
  posts: SeenPost[];
  /** How many are on their way now. */
  open(): number;
  /** Resolves when so many posts have come. */
  came(count: number): Promise<void>;
  /** From now on nothing is left without an answer. */
  calm(): void;
}

type Fault = (response: ServerResponse, post: SeenPost) => void;

const FAULTS: readonly Fault[] = [
  // Never answers.
  () => {},
  (response) => void response.socket?.resetAndDestroy(),
  // Leaves in the middle of its answer: by then it has taken the message.
  (response, post) => {
    post.isTaken = true;
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.socket?.destroy());
  },
  (response) => void response.writeHead(500).end('not today'),
  (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
];
const QUIET_FAULTS = FAULTS.slice(1);
const FAULT_SHARE = 0.2;
const MOST_MS = 60;

/** Listen until the test ends. */
export async function startFaultyReceivers(count: number, random: () => number): Promise<FaultyReceivers> {
  const posts: SeenPost[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let faults = FAULTS;
  let open = 0;

  const servers = Array.from({ length: count }, () =>
    createServer(async (request, response) => {
      open += 1;
      response.on('close', () => {
        open -= 1;
      });
      // Whose sender was killed in the middle of it has not come.
      const body = await buffer(request).catch(() => null);
      if (body === null) return;
      const post: SeenPost = { id: String(request.headers['webhook-id']), body, isTaken: false };
      posts.push(post);
      for (const waiter of waiting) if (posts.length >= waiter.count) waiter.resolve();
      setTimeout(() => answer(post, response), random() * MOST_MS);
    }),
  );

  function answer(post: SeenPost, response: ServerResponse): void {
    const fault = faults[Math.floor(random() * faults.length)];
    if (random() < FAULT_SHARE) fault?.(response, post);
    else {
      post.isTaken = true;
      response.writeHead(204).end();
    }
  }

  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/done`),
    posts,
    open: () => open,
    came: (wanted) =>
      new Promise((resolve) => {
        if (posts.length >= wanted) resolve();
        else waiting.push({ count: wanted, resolve });
      }),
    calm() {
      faults = QUIET_FAULTS;
    },
  };
}
