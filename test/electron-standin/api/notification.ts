/** `Notification`: told on the terminal. A spec replaces `show` and emits `click`. */

import { tell } from '../runtime.ts';
import { preventable, StrictEmitter, strictStatics } from '../strict.ts';

export type NotificationKeys = 'body' | 'close' | 'show' | 'silent' | 'title';

export class Notification extends StrictEmitter implements Pick<Electron.Notification, NotificationKeys> {
  protected readonly events = ['action', 'click', 'close', 'failed', 'reply', 'show'];
  title: string;
  body: string;
  silent: boolean;

  constructor({ title = '', body = '', silent = false }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
    this.silent = silent;
  }

  static isSupported(): boolean {
    return true;
  }
  show(): void {
    tell(`Notification: ${this.title}: ${this.body}`);
    setImmediate(() => this.emit('show', preventable({})));
  }
  close(): void {
    setImmediate(() => this.emit('close', preventable({})));
  }
}
strictStatics(Notification);
