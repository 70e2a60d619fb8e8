/** `WebFrameMain`: the frame that a message came from. Only main frames have a preload, so only they send. */
import { Strict } from '../strict.ts';

export type WebFrameMainKeys = 'detached' | 'isDestroyed' | 'origin' | 'processId' | 'routingId' | 'url';

export class WebFrameMain extends Strict implements Pick<Electron.WebFrameMain, WebFrameMainKeys> {
  readonly processId: number;
  readonly routingId = 1;
  readonly detached = false;
  readonly parent = null;
  private readonly currentUrl: () => string;
  readonly isDestroyed: () => boolean;

  constructor(processId: number, currentUrl: () => string, isDestroyed: () => boolean) {
    super();
    this.processId = processId;
    this.currentUrl = currentUrl;
    this.isDestroyed = isDestroyed;
  }

  get url(): string {
    return this.currentUrl();
  }
  get origin(): string {
    const { protocol, host } = new URL(this.url);
    return `${protocol}//${host}`;
  }
  get top(): this {
    return this;
  }
}
