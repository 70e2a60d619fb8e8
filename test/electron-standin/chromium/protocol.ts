/** The names and shapes of the Chrome DevTools Protocol. Playwright carries them but does not export them. */
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };
export type Command = keyof Protocol.CommandParameters;
export type EventName = keyof Protocol.Events;
