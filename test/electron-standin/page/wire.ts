/**
 * Values as text and back, for what Electron carries by structured clone. Runs in Node and, as source text, in
 * the page: so this is one function that uses nothing outside of itself.
 */
export function createWire(): { write: (value: unknown) => string; read: (text: string) => unknown } {
  const TAG = '$standin';
  type Tagged = { [TAG]: string; value?: unknown; name?: string; stack?: string };

  const toBase64 = (bytes: Uint8Array): string =>
    'toBase64' in bytes
      ? (bytes as Uint8Array & { toBase64(): string }).toBase64()
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const fromBase64 = (text: string): ArrayBuffer => {
    const withBase64 = Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
    // A copy: Node's small buffers share one larger one.
    return (withBase64.fromBase64?.(text) ?? new Uint8Array(Buffer.from(text, 'base64'))).buffer;
  };

  function encode(value: unknown, path: ReadonlySet<unknown>): unknown {
    switch (typeof value) {
      case 'undefined':
        return { [TAG]: 'undefined' };
      case 'bigint':
        return { [TAG]: 'bigint', value: String(value) };
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { [TAG]: 'number', value: Object.is(value, -0) ? '-0' : String(value) };
      case 'function':
      case 'symbol':
        throw new Error('An object could not be cloned.');
      default:
        return value === null || typeof value !== 'object' ? value : encodeObject(value, path);
    }
  }

  function encodeObject(value: object, outer: ReadonlySet<unknown>): unknown {
    if (outer.has(value)) throw new Error('The Electron stand-in carries no cycles between processes.');
    const path = new Set(outer).add(value);
    const each = (items: Iterable<unknown>) => Array.from(items, (item) => encode(item, path));
    if (Array.isArray(value)) return each(value);
    if (value instanceof Date) return { [TAG]: 'date', value: value.getTime() };
    if (value instanceof Map) return { [TAG]: 'map', value: Array.from(value, (entry) => each(entry)) };
    if (value instanceof Set) return { [TAG]: 'set', value: each(value) };
    if (value instanceof Error) {
      return { [TAG]: 'error', name: value.name, value: value.message, stack: value.stack };
    }
    if (value instanceof ArrayBuffer) return { [TAG]: 'buffer', value: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
      const name = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      return { [TAG]: 'view', name, value: toBase64(bytes) };
    }
    const kind = Object.prototype.toString.call(value);
    if (kind !== '[object Object]') throw new Error(`An object could not be cloned: ${kind}`);
    const entries = Object.entries(value).map(([key, item]) => [key, encode(item, path)] as const);
    return Object.hasOwn(value, TAG)
      ? { [TAG]: 'object', value: entries }
      : Object.fromEntries(entries as [string, unknown][]);
  }

  function decode(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(decode);
    if (value === null || typeof value !== 'object') return value;
    if (Object.hasOwn(value, TAG)) return decodeTagged(value as Tagged);
    for (const key of Object.keys(value)) {
      const record = value as Record<string, unknown>;
      record[key] = decode(record[key]);
    }
    return value;
  }

  function decodeTagged({ [TAG]: kind, value, name = '', stack }: Tagged): unknown {
    const list = value as unknown[];
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(value as string);
      case 'number':
        return Number(value);
      case 'date':
        return new Date(value as number);
      case 'map':
        return new Map(list.map((entry) => decode(entry) as [unknown, unknown]));
      case 'set':
        return new Set(list.map(decode));
      case 'error':
        return Object.assign(new Error(value as string), { name, stack });
      case 'buffer':
        return fromBase64(value as string);
      case 'view': {
        const views = globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>;
        const View = views[name] ?? Uint8Array;
        return new View(fromBase64(value as string));
      }
      default:
        return Object.fromEntries((list as [string, unknown][]).map(([key, item]) => [key, decode(item)]));
    }
  }

  return {
    write: (value) => JSON.stringify(encode(value, new Set())),
    read: (text) => decode(JSON.parse(text)),
  };
}
