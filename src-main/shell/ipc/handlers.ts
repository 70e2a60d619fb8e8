import type { Channel, RequestOf, ResponseOf } from '#shared/contract/channels.ts';

/** What answers a channel. The request has passed its schema; a throw becomes the answer's error. */
export type Handler<C extends Channel> = (request: RequestOf<C>) => Promise<ResponseOf<C>>;

/** One handler for each channel: a channel without one does not compile. */
export type Handlers = { readonly [C in Channel]: Handler<C> };

/** The handlers of one noun, or of a few: `'job' | 'runner'` for `job:*` and `runner:*`. */
export type HandlersOf<Noun extends string> = Pick<Handlers, Extract<Channel, `${Noun}:${string}`>>;
