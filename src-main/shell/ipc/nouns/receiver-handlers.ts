import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function receiverHandlers({ receiver }: HandlerContext): HandlersOf<'receiver'> {
  return {
    'receiver:state': async () => receiver.state(),
    'receiver:start': (settings) => receiver.start(settings),
    'receiver:stop': () => receiver.stop(),
    'receiver:list': async () => ({ received: receiver.list() }),
  };
}
