/**
 * The way between the preload's world and the page's. The two share the document and nothing else, so a call is
 * an event that is dispatched and answered before `dispatchEvent` returns; its detail is cloned on the way, and
 * functions and promises in it are replaced by references. Runs in the page, as source text: one function.
 */
export interface Crossing {
  /** Makes `value` a property of the other world's `window`. */
  expose: (name: string, value: unknown) => void;
}

export function createCrossing(outgoing: string, incoming: string): Crossing {
  const REFERENCE = '$standinReference';
  type AnyFunction = (...args: unknown[]) => unknown;
  type Reference = { [REFERENCE]: 'function' | 'promise' | 'error'; id: number; message?: string };
  type Message =
    | { kind: 'expose'; name: string; value: unknown }
    | { kind: 'call'; call: number; id: number; args: unknown[] }
    | { kind: 'return'; call: number; isError: boolean; value: unknown }
    | { kind: 'settle'; id: number; isError: boolean; value: unknown };

  const functions = new Map<number, AnyFunction>();
  const answers = new Map<number, { isError: boolean; value: unknown }>();
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  window.addEventListener(incoming, (event) => {
    const message = (event as CustomEvent<Message | null>).detail;
    if (message === null) return; // it could not be cloned: the other world sees that no answer came
    if (message.kind === 'expose') expose(message.name, unpack(message.value));
    else if (message.kind === 'call') answer(message.call, message.id, message.args);
    else if (message.kind === 'return') answers.set(message.call, message);
    else settle(message.id, message.isError, unpack(message.value));
  });

  return { expose: (name, value) => post({ kind: 'expose', name, value: pack(value) }) };

  function post(detail: Message): void {
    window.dispatchEvent(new CustomEvent(outgoing, { detail }));
  }

  function expose(name: string, value: unknown): void {
    if (name in window)
      throw new Error(`Cannot bind an API on top of an existing property on the window object`);
    Object.defineProperty(window, name, { value, enumerable: true, writable: false, configurable: false });
  }

  function answer(call: number, id: number, args: unknown[]): void {
    let isError = false;
    let value: unknown;
    try {
      value = pack(functions.get(id)?.(...args.map(unpack)));
    } catch (error) {
      isError = true;
      value = pack(error);
    }
    post({ kind: 'return', call, isError, value });
  }

  function call(id: number, args: unknown[]): unknown {
    const number = ++lastId;
    post({ kind: 'call', call: number, id, args: args.map(pack) });
    const given = answers.get(number);
    answers.delete(number);
    if (given === undefined) throw new Error('An object could not be cloned.');
    const value = unpack(given.value);
    if (given.isError) throw value;
    return value;
  }

  function settle(id: number, isError: boolean, value: unknown): void {
    const waiting = promises.get(id);
    promises.delete(id);
    if (isError) waiting?.reject(value);
    else waiting?.resolve(value);
  }

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      const id = ++lastId;
      functions.set(id, value as AnyFunction);
      return { [REFERENCE]: 'function', id };
    }
    if (value instanceof Promise) {
      const id = ++lastId;
      value.then(
        (result) => post({ kind: 'settle', id, isError: false, value: pack(result) }),
        (error) => post({ kind: 'settle', id, isError: true, value: pack(error) }),
      );
      return { [REFERENCE]: 'promise', id };
    }
    if (value instanceof Error) return { [REFERENCE]: 'error', id: 0, message: value.message };
    if (Array.isArray(value)) return value.map(pack);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    if (Object.hasOwn(value, REFERENCE)) return resolved(value as unknown as Reference);
    const entries = Object.entries(value).map(([key, item]) => [key, unpack(item)]);
    return Object.freeze(Object.fromEntries(entries));
  }

  function resolved({ [REFERENCE]: kind, id, message }: Reference): unknown {
    if (kind === 'error') return new Error(message);
    if (kind === 'function') return (...args: unknown[]) => call(id, args);
    const waiting = Promise.withResolvers<unknown>();
    promises.set(id, waiting);
    return waiting.promise;
  }

  function isPlain(value: unknown): value is Record<string, unknown> {
    if (value === null || typeof value !== 'object') return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  }
}
