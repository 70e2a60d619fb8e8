import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers.ts';

export function jobHandlers({ workspace: { runner } }: HandlerContext): HandlersOf<'job' | 'runner'> {
  return {
    'job:submit': ({ jobs }) => runner.submit(jobs),
    'job:cancel': ({ ids }) => runner.cancel(ids),
    'job:forget': async ({ ids }) => ({ refused: await runner.forget(ids) }),
    'runner:status': async () => runner.status(),
  };
}
