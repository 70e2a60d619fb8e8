/** `ipcMain`: what preloads ask and send. */
import { EventEmitter } from 'node:events';
import { type Listener, preventable, Strict } from '../strict.ts';

export type IpcMainKeys =
  | 'handle'
  | 'handleOnce'
  | 'off'
  | 'on'
  | 'once'
  | 'removeHandler'
  | 'removeListener';
/** What the stand-in gives a listener: Electron's own type has members that are not there. */
type Handler = (event: never, ...args: never[]) => unknown;

interface Sender {
  id: number;
  mainFrame: object;
}

export class IpcMain extends Strict {
  private readonly handlers = new Map<string, Handler>();
  private readonly listeners = new EventEmitter();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
  on(channel: string, listener: Listener): this {
    this.listeners.on(channel, listener as (...args: unknown[]) => void);
    return this;
  }
  once(channel: string, listener: Listener): this {
    this.listeners.once(channel, listener as (...args: unknown[]) => void);
    return this;
  }
  off(channel: string, listener: Listener): this {
    this.listeners.off(channel, listener as (...args: unknown[]) => void);
    return this;
  }
  removeListener(channel: string, listener: Listener): this {
    return this.off(channel, listener);
  }

  /** A message that waits for no answer. */
  receive(sender: Sender, channel: string, args: unknown[]): void {
    this.listeners.emit(channel, eventFrom(sender), ...args);
  }

  /** The answer to a question, in the words that Electron has for errors. Never rejects. */
  async answer(
    sender: Sender,
    channel: string,
    args: unknown[],
  ): Promise<{ isError: boolean; value: unknown }> {
    try {
      const handler = this.handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler(eventFrom(sender) as never, ...(args as never[]));
      return { isError: false, value };
    } catch (error) {
      return { isError: true, value: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }
}

function eventFrom(sender: Sender): object {
  const { id, mainFrame } = sender;
  return preventable({ type: 'frame', sender, senderFrame: mainFrame, processId: id, frameId: 1, ports: [] });
}

export const ipcMain = new IpcMain();
