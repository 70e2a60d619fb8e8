import { callbackOriginsOf, originsOf } from '../../../adapters/callback-origins.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function jobHandlers({ workspace: { runner } }: HandlerContext): HandlersOf<'job' | 'runner'> {
  return {
    'job:submit': async ({ jobs, consent, localCallbacks = [], ended }) => {
      // What the person wrote may call back to this machine and its network; of what came from elsewhere, only what
      // was shown and approved may. Before the jobs: one may end at once.
      const allowed = consent === 'author' ? callbackOriginsOf(jobs) : originsOf(localCallbacks);
      if (allowed.length > 0) await runner.callbacks.allow(allowed);
      return runner.submit(jobs, ended);
    },
    'job:cancel': ({ ids }) => runner.cancel(ids),
    'job:forget': async ({ ids }) => ({ refused: await runner.forget(ids) }),
    'job:suspend': ({ ids }) => runner.suspend(ids),
    'job:continue': ({ ids }) => runner.resume(ids),
    'job:move': async ({ id, to }) => {
      await runner.move(id, to);
      return {};
    },
    'job:progress': async ({ ids }) => ({ jobs: runner.progress(ids) }),
    'runner:status': async () => runner.status(),
  };
}
