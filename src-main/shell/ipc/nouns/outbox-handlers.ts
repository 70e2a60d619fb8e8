import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function outboxHandlers({ workspace: { runner } }: HandlerContext): HandlersOf<'outbox'> {
  return {
    'outbox:pull': async (request) => runner.outbox.pull(request),
    'outbox:ack': async (cursor) => {
      runner.outbox.acknowledge(cursor);
      return {};
    },
    'outbox:snapshot': async ({ after, limit }) => runner.outbox.snapshot(after, limit),
    'outbox:deliveries': async ({ ids }) => runner.outbox.deliveries(ids),
  };
}
