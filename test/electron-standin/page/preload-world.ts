/**
 * What a sandboxed preload finds: `require('electron')` with ipcRenderer, contextBridge and webUtils. Runs in the
 * page's isolated world, as source text: one function that uses nothing outside of itself.
 */
import type { Crossing } from './crossing.ts';
import type { createWire } from './wire.ts';

/** From the preload to the main process. */
export type ToMain =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'files'; id: number; count: number }
  | { kind: 'preload-error'; message: string; stack: string };

/** From the main process to the preload. */
export type ToPreload =
  | { kind: 'reply'; id: number; isError: boolean; value: unknown }
  | { kind: 'push'; channel: string; args: unknown[] }
  | { kind: 'paths'; id: number; paths: string[] };

export interface PreloadWorldOptions {
  binding: string;
  versions: Record<string, string>;
  platform: string;
  arch: string;
}

export function installPreloadWorld(
  { binding, versions, platform, arch }: PreloadWorldOptions,
  wire: ReturnType<typeof createWire>,
  crossing: Crossing,
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void,
): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  type World = Record<string, unknown>;
  const world = globalThis as unknown as World;
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const heldEvents = new Map<number, (paths: string[]) => void>();
  const paths = new Map<string, string>();
  let lastId = 0;

  const post = (message: ToMain) => (world[binding] as (text: string) => void)(wire.write(message));
  const heard = (channel: string) => listeners.get(channel) ?? [];

  world.standinReceive = (text: string): void => {
    const message = wire.read(text) as ToPreload;
    if (message.kind === 'reply') {
      const answer = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.isError) answer?.reject(new Error(String(message.value)));
      else answer?.resolve(message.value);
    } else if (message.kind === 'push') {
      const event = { sender: ipcRenderer, ports: [] };
      for (const listener of heard(message.channel)) listener(event, ...message.args);
    } else {
      heldEvents.get(message.id)?.(message.paths);
    }
  };

  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...heard(channel), listener]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Listener) => {
    const rest = heard(channel).filter((each) => each !== listener);
    listeners.set(channel, rest);
    return ipcRenderer;
  };
  const ipcRenderer: object = strict('ipcRenderer', {
    on,
    addListener: on,
    off,
    removeListener: off,
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args }),
    invoke(channel: string, ...args: unknown[]) {
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      post({ kind: 'invoke', id, channel, args }); // throws where an argument cannot be cloned
      waiting.set(id, answer);
      return answer.promise;
    },
  });
  const electron = strict('electron (in a preload)', {
    ipcRenderer,
    contextBridge: strict('contextBridge', { exposeInMainWorld: crossing.expose }),
    webUtils: strict('webUtils', {
      getPathForFile(file: unknown) {
        if (!(file instanceof File)) throw new TypeError('Expected a File.');
        return paths.get(fileKey(file)) ?? '';
      },
    }),
  });

  for (const name of ['drop', 'change']) window.addEventListener(name, (event) => hold(event), true);
  try {
    const module = { exports: {} };
    const require = (name: string) => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}: the Electron stand-in gives a preload 'electron' alone.`);
    };
    const process = {
      type: 'renderer',
      platform,
      arch,
      versions,
      env: {},
      argv: [],
      sandboxed: true,
      contextIsolated: true,
    };
    preload(require, module, module.exports, process);
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    post({ kind: 'preload-error', message, stack });
  }

  /**
   * The path of a file is known to the main process alone, which cannot be asked without waiting. So an event
   * that brings files is held until their paths are here, and then dispatched again.
   */
  function hold(event: Event): void {
    if ((event as Event & { standinHeld?: boolean }).standinHeld) return;
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    const transfer = event instanceof DragEvent ? event.dataTransfer : null;
    const files = [...(transfer?.files ?? input?.files ?? [])];
    if (files.length === 0 || event.target === null) return;
    const target = event.target;
    event.stopImmediatePropagation();
    event.preventDefault();
    const id = ++lastId;
    world[`standinFiles${id}`] = files;
    const again = repeated(event, files);
    heldEvents.set(id, (found) => {
      heldEvents.delete(id);
      delete world[`standinFiles${id}`];
      for (const [index, file] of files.entries()) paths.set(fileKey(file), found[index] ?? '');
      target.dispatchEvent(Object.assign(again, { standinHeld: true }));
    });
    post({ kind: 'files', id, count: files.length });
  }

  function repeated(event: Event, files: File[]): Event {
    if (!(event instanceof DragEvent)) return new Event('change', { bubbles: true });
    const dataTransfer = new DataTransfer();
    for (const file of files) dataTransfer.items.add(file);
    const { clientX, clientY } = event;
    return new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer, clientX, clientY });
  }

  /** A file that crosses to the page's world is another object there: what it is like is all that stays. */
  function fileKey({ name, size, lastModified }: File): string {
    return JSON.stringify([name, size, lastModified]);
  }

  function strict<T extends object>(owner: string, members: T): T {
    return new Proxy(members, {
      get(object, member, receiver) {
        if (typeof member === 'string' && !(member in object) && member !== 'then') {
          throw new Error(`The Electron stand-in has no ${owner}.${member}.`);
        }
        return Reflect.get(object, member, receiver);
      },
    });
  }
}
