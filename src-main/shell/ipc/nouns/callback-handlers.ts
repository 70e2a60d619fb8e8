/** Deliveries of callbacks, and the keys that sign them. */
import { AppError } from '#shared/app-error.ts';
import { originsOf } from '../../../adapters/callback-origins.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function callbackHandlers({
  workspace: { runner, callbackKeys, previewCallback },
}: HandlerContext): HandlersOf<'callback' | 'callback-key'> {
  return {
    'callback:send': ({ sends }) => runner.callbacks.send(sends),
    'callback:stop': async ({ ids }) => ({ stopped: await runner.callbacks.stop(ids) }),
    'callback:allow': async ({ origin }) => {
      const origins = originsOf([origin]);
      if (origins.length === 0) {
        throw new AppError(
          'bad-request',
          `Expected an origin such as http://127.0.0.1:8080, got ${JSON.stringify(origin)}.`,
        );
      }
      await runner.callbacks.allow(origins);
      return {};
    },
    'callback:preview': ({ id }) => previewCallback(id),
    'callback-key:list': async () => callbackKeys.list(),
    'callback-key:save': async (key) => callbackKeys.save(key),
    'callback-key:rotate': async ({ id, secret }) => callbackKeys.rotate(id, secret),
    'callback-key:remove': async ({ id }) => {
      callbackKeys.remove(id);
      return {};
    },
  };
}
