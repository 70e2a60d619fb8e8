/**
 * The receiver for trying callbacks out: it listens on this machine alone, answers as it is told to, verifies
 * signatures and keeps what arrived.
 *
 * It takes requests with any `Host` and `Origin`. A page in a browser that posts to it, by another name for this
 * machine or not, adds lines to a list and reads an answer that holds nothing; a tunnel or an entry in the hosts file,
 * which people use to try callbacks out, would be locked out. What it keeps is given to the window, never over HTTP.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Disposer } from '#shared/contract/app-api.ts';
import type { ReceivedCallback, ReceiverSettings, ReceiverState } from '#shared/contract/callbacks.ts';
import { type LoopbackServer, listenOnLoopback } from './loopback-server.ts';
import { MAX_READ_BYTES, type ReceivedBody, readBody } from './read-body.ts';
import { createReceivedLog } from './received-log.ts';
import { createVerifier, type Verdict } from './verify-signature.ts';

export interface Receiver {
  /**
   * Starts it; one that listens goes on with these settings, at another port where they name one.
   * @throws AppError `conflict` where the port is taken, `bad-request` where the secret is none; all is as it was then
   */
  start(settings: ReceiverSettings): Promise<ReceiverState>;
  /** What it has kept stays there to be looked at, until it is started again. */
  stop(): Promise<ReceiverState>;
  state(): ReceiverState;
  /** Newest first. */
  list(): ReceivedCallback[];
  onChanged(listener: (state: ReceiverState) => void): Disposer;
}

export interface ReceiverOptions {
  /** RFC 3339, UTC. */
  now: () => string;
  /** Called with each request before it is answered; the answer waits for it. */
  onReceived?: (received: ReceivedCallback) => Promise<void> | void;
}

export function createReceiver({ now, onReceived = () => {} }: ReceiverOptions): Receiver {
  const listeners = new Set<(state: ReceiverState) => void>();
  let server: LoopbackServer | null = null;
  let settings: ReceiverSettings = { port: null, secret: null, answerStatus: 200 };
  let verify = createVerifier(null);
  let log = createReceivedLog();
  let turn: Promise<unknown> = Promise.resolve();

  const state = (): ReceiverState => ({
    url: server === null ? null : `http://127.0.0.1:${server.port}/`,
    hasSecret: settings.secret !== null,
    answerStatus: settings.answerStatus,
    received: log.count(),
  });

  function changed(): ReceiverState {
    const newest = state();
    for (const listener of listeners) listener(newest);
    return newest;
  }

  /** One start or stop after the other. */
  function inTurn(work: () => Promise<void>): Promise<ReceiverState> {
    const done = turn.then(work).then(changed);
    turn = done.catch(() => undefined);
    return done;
  }

  async function start(wanted: ReceiverSettings): Promise<void> {
    const verifyWanted = createVerifier(wanted.secret);
    const before = server;
    const stays = before !== null && (wanted.port === null || wanted.port === before.port);
    if (!stays) server = await listenOnLoopback(wanted.port, receive);
    if (before === null) log = createReceivedLog();
    verify = verifyWanted;
    settings = wanted;
    if (!stays) await before?.close();
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const headers = headersOf(request);
    const status = body.isWhole ? settings.answerStatus : 413;
    const received = log.add({
      at: now(),
      method: request.method ?? '',
      path: request.url ?? '',
      status,
      headers,
      body: body.kept.toString('utf8'),
      isCut: body.kept.length < body.sizeBytes,
      webhookId: headers['webhook-id'] ?? null,
      ...verdictOn(body, headers),
    });
    changed();
    await onReceived(received);
    answer(response, status);
  }

  function verdictOn(body: ReceivedBody, headers: Record<string, string>): Verdict {
    if (body.kept.length === body.sizeBytes) return verify({ headers, body: body.kept });
    const size = body.isWhole ? `${body.sizeBytes} bytes` : `more than ${MAX_READ_BYTES} bytes`;
    return {
      verdict: 'not-checked',
      problem: `Its body has ${size}, of which ${body.kept.length} are kept: no signature was checked.`,
    };
  }

  return {
    start: (wanted) => inTurn(() => start(wanted)),
    stop: () =>
      inTurn(async () => {
        const before = server;
        server = null;
        await before?.close();
      }),
    state,
    list: () => log.list(),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Names in lower case, as they come; what came several times is joined. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );
}

const RETRY_AFTER_S = 5;
const WITHOUT_BODY = [204, 205, 304];

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, {
    ...(!WITHOUT_BODY.includes(status) && { 'content-type': 'text/plain; charset=utf-8' }),
    ...(status === 503 && { 'retry-after': String(RETRY_AFTER_S) }),
    ...(status === 413 && { connection: 'close' }),
  });
  response.end(WITHOUT_BODY.includes(status) ? undefined : wordsOf(status));
}

function wordsOf(status: number): string {
  if (status === 413) return `Expected at most ${MAX_READ_BYTES} bytes.\n`;
  return status < 300 ? 'Received.\n' : `Received, and answered with ${status} as it was told to.\n`;
}
