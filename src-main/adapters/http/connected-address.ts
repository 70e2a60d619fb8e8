/**
 * Which address a request goes to. A kept-alive connection was made for another request, so only the moment of sending
 * tells, and undici tells of that on a diagnostics channel alone.
 * Source: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
 */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

export type OnConnected = (address: string) => void;

const listeners = new WeakMap<object, OnConnected>();
/** Of the request that is being made: undici makes it before the call that asks for it returns. */
let next: OnConnected | null = null;
let isSubscribed = false;

/** Calls `onConnected` when the request that `start` begins is sent: with the proxy's address where it goes to one. */
export function tellingAddress<T>(onConnected: OnConnected, start: () => T): T {
  subscribeOnce();
  next = onConnected;
  try {
    return start();
  } finally {
    next = null;
  }
}

function subscribeOnce(): void {
  if (isSubscribed) return;
  isSubscribed = true;
  subscribe('undici:request:create', (message) => {
    if (next === null) return;
    listeners.set((message as { request: object }).request, next);
    next = null;
  });
  subscribe('undici:client:sendHeaders', (message) => {
    const { request, socket } = message as { request: object; socket: Socket };
    if (socket.remoteAddress !== undefined) listeners.get(request)?.(socket.remoteAddress);
  });
}
