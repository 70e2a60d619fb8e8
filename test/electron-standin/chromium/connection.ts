/** The Chrome DevTools Protocol over Chromium's debugging pipe: JSON messages that end with a zero byte. */
import type { Readable, Writable } from 'node:stream';
import type { Command, EventName, Protocol } from './protocol.ts';

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

interface Waiting {
  method: string;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

type AnyListener = (params: never, sessionId: string) => void;

/** One end to talk to: the browser itself, or one page or worker of it. */
export interface CdpSession {
  readonly id: string;
  send<M extends Command>(
    method: M,
    params?: Protocol.CommandParameters[M],
  ): Promise<Protocol.CommandReturnValues[M]>;
  on<E extends EventName>(event: E, listener: (params: Protocol.Events[E]) => void): void;
}

export class CdpConnection {
  private readonly input: Writable;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Map<string, AnyListener[]>();
  private lastId = 0;
  private rest: Buffer[] = [];
  private closed = false;
  /** The browser's own session. */
  readonly browser: CdpSession = this.session('');

  constructor(input: Writable, output: Readable) {
    this.input = input;
    output.on('data', (chunk: Buffer) => this.read(chunk));
    // A broken pipe is Chromium's end, which `close` reports.
    input.on('error', () => this.close());
    output.on('close', () => this.close());
  }

  session(id: string): CdpSession {
    return {
      id,
      send: (method, params) => this.send(method, params, id) as never,
      on: (event, listener) => {
        const key = `${id}/${event}`;
        this.listeners.set(key, [...(this.listeners.get(key) ?? []), listener as AnyListener]);
      },
    };
  }

  /** Fails what waits: Chromium has gone, or is being ended. */
  close(): void {
    this.closed = true;
    for (const { method, reject } of this.waiting.values()) reject(closedError(method));
    this.waiting.clear();
  }

  private send(method: string, params: unknown, sessionId: string): Promise<unknown> {
    if (this.closed) return Promise.reject(closedError(method));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { method, resolve, reject });
      const message = { id, method, params: params ?? {}, ...(sessionId !== '' && { sessionId }) };
      this.input.write(`${JSON.stringify(message)}\0`);
    });
  }

  private read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const text = Buffer.concat([...this.rest, chunk.subarray(start, end)]).toString('utf8');
      this.rest = [];
      start = end + 1;
      this.deliver(JSON.parse(text) as Message);
    }
    if (start < chunk.length) this.rest.push(chunk.subarray(start));
  }

  private deliver({ id, method, params, result, error, sessionId = '' }: Message): void {
    if (id !== undefined) {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
      else waiting?.resolve(result);
      return;
    }
    for (const listener of this.listeners.get(`${sessionId}/${method}`) ?? []) {
      listener(params as never, sessionId);
    }
  }
}

function closedError(method: string): Error {
  return new Error(`${method}: Chromium has ended.`);
}
